/** One tiny valid topic, and ways to break it: each refusal of the lint is shown on both sides. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { resourcesIn } from '../../../src/fhir/bundles.ts';
import { type Extensible, extensionName } from '../../../src/fhir/extensions.ts';
import type {
  ActivityDefinition,
  Extension,
  PlanDefinition,
  PlanDefinitionAction,
  Questionnaire,
  QuestionnaireItem,
} from '../../../src/fhir/types.ts';
import { checkKnowledge } from '../../../src/knowledge/lint/check-knowledge.ts';
import type { KnowledgeFile, Problem } from '../../../src/knowledge/sources.ts';

const BASE = readFileSync('test/fixtures/lint/base.json', 'utf8');
const FILES = {
  form: 'questionnaires/head-today.json',
  plan: 'plan-definitions/head.json',
  actions: 'plan-definitions/actions.json',
};

/** A fresh copy of the base topic. */
export type Base = {
  files: KnowledgeFile[];
  form: Questionnaire;
  plan: PlanDefinition;
  activity: ActivityDefinition;
  item(linkId: string): QuestionnaireItem;
  /** A root action, level group, rule or child action. */
  action(id: string): PlanDefinitionAction;
};

type Refusal = { in?: keyof typeof FILES; element: string; reason: RegExp };

/** `repair` is the smallest right alternative to `break`; without it the base itself is. */
export type Mutation = {
  name: string;
  break: (base: Base) => void;
  refused: Refusal;
  repair?: (base: Base) => void;
};

/** One test for each mutation: base accepted, broken refused with file, element and reason, repaired accepted. */
export function refuses(mutations: Mutation[]): void {
  test.each(mutations)('$name', ({ break: breaks, refused, repair }) => {
    expect(findings(() => {})).toEqual([]);
    const { in: file = 'plan', element, reason } = refused;
    expect(findings(breaks)).toContainEqual({ file: FILES[file], element, reason: expect.stringMatching(reason) });
    expect(findings(repair ?? (() => {}))).toEqual([]);
  });
}

/** What the lint finds in a changed base. */
function findings(change: (base: Base) => void): Problem[] {
  const base = freshBase();
  change(base);
  // As a file would hold it: what is undefined is not there.
  return checkKnowledge(JSON.parse(JSON.stringify(base.files)) as KnowledgeFile[]).problems;
}

function freshBase(): Base {
  const files = JSON.parse(BASE) as KnowledgeFile[];
  const [form, plan, bundle] = files.map(({ resource }) => resource);
  if (form?.resourceType !== 'Questionnaire' || plan?.resourceType !== 'PlanDefinition') throw new Error('no base');
  const [activity] = bundle ? resourcesIn(bundle) : [];
  if (activity?.resourceType !== 'ActivityDefinition') throw new Error('no activity');
  return {
    files,
    form,
    plan,
    activity,
    item: (linkId) => found(nested(form.item ?? [], 'item'), (item) => item.linkId === linkId),
    action: (id) => found(nested(plan.action ?? [], 'action'), (action) => action.id === id),
  };
}

function nested<K extends string, T extends { [key in K]?: T[] | undefined }>(list: T[], key: K): T[] {
  return list.flatMap((entry) => [entry, ...nested(entry[key] ?? [], key)]);
}

function found<T>(list: T[], matches: (entry: T) => boolean): T {
  const entry = list.find(matches);
  if (!entry) throw new Error('the base has no such part');
  return entry;
}

/** The first extension of a part with this name. */
export const extension = (owner: Extensible, name: string): Extension =>
  found(owner.extension ?? [], (candidate) => extensionName(candidate) === name);

/** Adds an extension of ours. */
export function add(owner: Extensible, name: string, content: Omit<Extension, 'url'>): void {
  owner.extension = [
    ...(owner.extension ?? []),
    { url: `http://example.org/lint/StructureDefinition/${name}`, ...content },
  ];
}

/** Removes all extensions of this name. */
export function remove(owner: Extensible, name: string): void {
  owner.extension = (owner.extension ?? []).filter((candidate) => extensionName(candidate) !== name);
}

/** Gives a variable another expression, or adds it after the others. */
export function define(owner: Extensible, name: string, expression: string): void {
  const existing = owner.extension?.find(({ valueExpression }) => valueExpression?.name === name);
  if (existing?.valueExpression) existing.valueExpression.expression = expression;
  else add(owner, 'variable', { valueExpression: { name, language: 'text/fhirpath', expression } });
}

/** Gives an action's only condition another expression. */
export function fires(action: PlanDefinitionAction, expression: string): void {
  action.condition = [{ kind: 'applicability', expression: { language: 'text/fhirpath', expression } }];
}

/** Sets an element that the types do not allow. */
export function put(part: object, element: string, value: unknown): void {
  Object.assign(part, { [element]: value });
}

/** A mutation of the form that is refused at an item. */
export const ofItem = (
  element: string,
  name: string,
  breaks: Mutation['break'],
  reason: RegExp,
  repair?: Mutation['break'],
): Mutation => ({
  name: `when ${name} then it is refused`,
  break: breaks,
  refused: { in: 'form', element, reason },
  ...(repair && { repair }),
});
