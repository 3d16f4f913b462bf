/** Confidential facts stay off public cards: this version has no private card on which a rule could speak of them. */

import { extensionBoolean } from '../../fhir/extensions.ts';
import type { QuestionnaireItem } from '../../fhir/types.ts';
import type { FactDefinition } from '../fact-definition.ts';
import { LOOKED_UP } from '../names.ts';
import type { Problem } from '../sources.ts';
import { allAtoms, placesOf } from './places.ts';
import { problems, type Subject } from './subject.ts';

/** Findings about confidential facts that would show, or decide something that shows. */
export function exposedFacts(subject: Subject): Problem[] {
  return [...readByRules(subject), ...shown(subject), ...asked(subject), ...unmarked(subject)];
}

const isConfidential = (fact: FactDefinition | undefined): boolean =>
  fact !== undefined && (fact.confidential || fact.class === 'private');

/** Plan variables may read them for a private card to come; rules, closing items and what the engine looks up may not. */
function readByRules(subject: Subject): Problem[] {
  const { factByName, variableByName } = subject.topic;
  const lookedUp = new Set<string>(Object.values(LOOKED_UP));
  return placesOf(subject)
    .filter(({ element }) => !variableByName.has(element) || lookedUp.has(element))
    .filter(({ element, known }) => known !== 'facts' || !isConfidential(factByName.get(element)))
    .flatMap(({ file, element, condition }) => {
      const read = new Set(allAtoms(condition).flatMap(({ reads }) => reads));
      const names = [...read].filter((name) => isConfidential(factByName.get(name)));
      return problems(
        file,
        element,
        names.map((name) => `reads the confidential %${name}: ${LATER}`),
      );
    });
}

const LATER = 'private cards come with a later version';

function shown({ topic, file }: Subject): Problem[] {
  return topic.allGroups
    .flatMap(({ rules }) => rules)
    .flatMap(({ id, alsoShow }) => {
      const names = alsoShow.filter((name) => isConfidential(topic.factByName.get(name)));
      return problems(
        file,
        id,
        names.map((name) => `shows the confidential %${name}: ${LATER}`),
      );
    });
}

function asked({ topic, fileOf }: Subject): Problem[] {
  return topic.closing
    .filter(({ fact }) => isConfidential(fact))
    .flatMap(({ fact }) =>
      problems(fileOf(fact.questionnaire), fact.name, [
        '`closing-when` on a confidential item: cards would ask it in public',
      ]),
    );
}

/** Each item says so itself: the engine reads no mark of a group, and no class. */
function unmarked({ topic, items, fileOf }: Subject): Problem[] {
  const inside = topic.questionnaires.flatMap(({ url = '', item }) =>
    insideConfidential(item, false).map((name) => ({ name, file: fileOf(url) })),
  );
  const isPrivate = items
    .filter(({ fact }) => fact.class === 'private')
    .map(({ fact, file }) => ({ name: fact.name, file }));
  const names = new Map([...inside, ...isPrivate].map(({ name, file }) => [name, file]));
  return [...names]
    .filter(([name]) => topic.factByName.get(name)?.confidential === false)
    .flatMap(([name, file]) =>
      problems(file, name, ['the item is private or in a confidential group, but not `confidential`']),
    );
}

function insideConfidential(items: QuestionnaireItem[] | undefined, within: boolean): string[] {
  return (items ?? []).flatMap((item) => {
    const here = within || extensionBoolean(item, 'confidential') === true;
    return [...(here ? [item.linkId] : []), ...insideConfidential(item.item, here)];
  });
}
