/** Confidential facts decide and show nothing but the private card (spec 0.3-9). */

import { extensionBoolean } from '../../fhir/extensions.ts';
import type { QuestionnaireItem } from '../../fhir/types.ts';
import type { Condition } from '../condition.ts';
import type { FactDefinition } from '../fact-definition.ts';
import { LOOKED_UP } from '../names.ts';
import type { Problem } from '../sources.ts';
import type { Rule } from '../topic.ts';
import { allAtoms, nameOf, placesOf } from './places.ts';
import { problems, type Subject } from './subject.ts';

/** Findings about confidential facts that would show, or decide something that shows. */
export function exposedFacts(subject: Subject): Problem[] {
  return [
    ...readInPublic(subject),
    ...halfPrivate(subject),
    ...shown(subject),
    ...asked(subject),
    ...unmarked(subject),
  ];
}

const isConfidential = (fact: FactDefinition | undefined): boolean =>
  fact !== undefined && (fact.confidential || fact.class === 'private');

/** Plan variables may read them for private rules; what is public, or decides something that is, may not. */
function readInPublic(subject: Subject): Problem[] {
  const { factByName, variableByName } = subject.topic;
  const lookedUp = new Set<string>(Object.values(LOOKED_UP));
  const privately = new Set(markedRules(subject).flatMap(elementsOf));
  return placesOf(subject)
    .filter(({ element }) => !variableByName.has(element) || lookedUp.has(element))
    .filter(({ element, known }) => known !== 'facts' || !isConfidential(factByName.get(element)))
    .filter(({ element }) => !privately.has(element))
    .flatMap(({ file, element, condition }) =>
      problems(
        file,
        element,
        confidentialIn(condition, subject).map((name) => `reads the confidential %${name}: ${ONLY}`),
      ),
    );
}

const ONLY = 'only rules marked `private` may';

/** Rules that are marked, so that nobody makes one private, and hides it, by reading a confidential fact somewhere. */
function markedRules({ topic, plan }: Subject): Rule[] {
  const actions = (plan.action ?? []).flatMap(({ action = [] }) => action.flatMap((group) => group.action ?? []));
  const marked = new Set(actions.filter((action) => extensionBoolean(action, 'private')).map(({ id }) => id));
  return topic.groups.flatMap(({ rules }) => rules.filter(({ id }) => marked.has(id)));
}

/** A rule is private as a whole: an alternative that anybody may see would be hidden with the others. */
function halfPrivate(subject: Subject): Problem[] {
  return markedRules(subject).flatMap(({ id, alternatives }) => {
    const open = alternatives.filter(({ condition }) => confidentialIn(condition, subject).length === 0);
    const reasons = open.map((alternative) => `is \`private\`, but ${alternative.id} reads no confidential fact`);
    return problems(subject.file, id, reasons);
  });
}

const elementsOf = ({ id, alternatives, actions }: Rule): string[] => [
  id,
  ...alternatives.map((alternative) => nameOf(id, alternative.id)),
  ...actions.map((action) => action.id),
];

function confidentialIn(condition: Condition, { topic }: Subject): string[] {
  const read = new Set(allAtoms(condition).flatMap(({ reads }) => reads));
  return [...read].filter((name) => isConfidential(topic.factByName.get(name)));
}

function shown({ topic, file }: Subject): Problem[] {
  return topic.allGroups
    .flatMap(({ rules }) => rules)
    .filter((rule) => !rule.private)
    .flatMap(({ id, alsoShow }) => {
      const names = alsoShow.filter((name) => isConfidential(topic.factByName.get(name)));
      return problems(
        file,
        id,
        names.map((name) => `shows the confidential %${name}: ${ONLY}`),
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
