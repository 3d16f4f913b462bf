/** Names are given once: linkIds, ids of actions, variables; and none takes the name of another kind. */
import type { Extensible } from '../../fhir/extensions.ts';
import { extensionsNamed } from '../../fhir/extensions.ts';
import type { QuestionnaireItem } from '../../fhir/types.ts';
import { CONTEXT_NAMES, DECISION_NAMES } from '../names.ts';
import type { Problem } from '../sources.ts';
import { problems, type Subject } from './subject.ts';

const ENGINE: ReadonlySet<string> = new Set([...CONTEXT_NAMES, ...DECISION_NAMES]);
/** Names that FHIRPath itself defines. */
const FHIRPATH = new Set(['context', 'resource', 'rootResource', 'ucum', 'sct', 'loinc', 'factory', 'terminologies']);
const FACT_NAME = /^[a-z][A-Za-z0-9]*$/;

/** Findings about names that are given twice or taken. */
export function clashingNames(subject: Subject): Problem[] {
  return [...items(subject), ...variables(subject), ...actions(subject)];
}

function items({ topic, items: facts, fileOf }: Subject): Problem[] {
  const linkIds = topic.questionnaires.flatMap(({ url = '', item }) =>
    allItems(item).map(({ linkId }) => ({ file: fileOf(url), name: linkId })),
  );
  const twice = duplicates(linkIds.map(({ name }) => name));
  return [
    ...linkIds.filter(({ name }) => twice.has(name)).flatMap(({ file, name }) => problems(file, name, [TWICE_ITEM])),
    ...facts.flatMap(({ fact: { name, role }, file }) => {
      const reasons: string[] = [];
      if (!FACT_NAME.test(name)) reasons.push('the linkId of a fact is camelCase, so that %name can refer to it');
      // The engine's status is the item's own, weighed with all other evidence.
      if (ENGINE.has(name) && !(name === 'pregnancyStatus' && role === 'status')) reasons.push(TAKEN);
      if (FHIRPATH.has(name)) reasons.push(TAKEN_BY_FHIRPATH);
      return problems(file, name, reasons);
    }),
  ];
}

function variables({ topic, plan, file }: Subject): Problem[] {
  const rules = (plan.action ?? []).flatMap(({ action = [] }) => action.flatMap((group) => group.action ?? []));
  const names = [plan, ...rules].flatMap(variableNames);
  const twice = duplicates(names);
  return [...new Set(names)].flatMap((name) => {
    const reasons: string[] = [];
    if (twice.has(name)) reasons.push('two variables have this name');
    if (topic.factByName.has(name)) reasons.push('an item has this name: the variable would hide it');
    if (topic.siteSettings.some((setting) => setting.name === name)) reasons.push('a choice of the site has this name');
    if (ENGINE.has(name)) reasons.push(TAKEN);
    if (FHIRPATH.has(name)) reasons.push(TAKEN_BY_FHIRPATH);
    return problems(file, name, reasons);
  });
}

function actions({ plan, file }: Subject): Problem[] {
  const ids: string[] = [];
  const collect = (list: NonNullable<typeof plan.action>) => {
    for (const { id, action } of list) {
      if (id) ids.push(id);
      collect(action ?? []);
    }
  };
  collect(plan.action ?? []);
  return [...duplicates(ids)].flatMap((id) => problems(file, id, ['two actions of the plan have this id']));
}

const TWICE_ITEM = 'two items of the topic have this linkId: a fact is one item';
const TAKEN = 'the engine gives this name itself';
const TAKEN_BY_FHIRPATH = 'FHIRPath gives this name itself';

/** Items at any depth, groups and displays included. */
function allItems(list: QuestionnaireItem[] | undefined): QuestionnaireItem[] {
  return (list ?? []).flatMap((item) => [item, ...allItems(item.item)]);
}

const variableNames = (owner: Extensible): string[] =>
  extensionsNamed(owner, 'variable').flatMap(({ valueExpression }) => valueExpression?.name ?? []);

const duplicates = (names: string[]): Set<string> => new Set(names.filter((name, at) => names.indexOf(name) !== at));
