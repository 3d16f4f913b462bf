/** What the rule explorer asks (ADR 0023): every rule in words, and what the real engine says of supposed facts. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HeatMap } from '../../src/explorer/heat-map.ts';
import type { PlanShown } from '../../src/explorer/rules.ts';
import type { WhatIf } from '../../src/explorer/what-if.ts';
import { topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

let service: RunningService;
let plan: PlanShown;
beforeAll(async () => {
  service = await startService();
  [plan] = (await (await fetch(`${service.base}/explorer-api/rules`)).json()) as [PlanShown];
});
afterAll(() => service.close());

const post = (path: string, body: unknown) => service.post(`/explorer-api/${path}`, body);
async function whatIf(facts: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<WhatIf> {
  const response = await post('what-if', { plan: plan.url, facts, gestation: 24 * 7, ...more });
  if (response.status !== 200) throw new Error(await response.text());
  return (await response.json()) as WhatIf;
}
const ruleOf = ({ rules }: WhatIf, id: string) => rules.find((rule) => rule.id === id);

describe('the rules', () => {
  test('are all there, each with words, FHIRPath, level, sources and a review date', () => {
    const ids = topics[0]?.allGroups.flatMap(({ rules }) => rules.map(({ id }) => id));
    expect(plan.rules.map(({ id }) => id)).toEqual(ids);
    const levels = new Set(plan.levels.map(({ code }) => code));
    for (const rule of plan.rules) {
      expect(levels.has(rule.level)).toBe(true);
      expect(rule.reviewDue).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(rule.sources.length).toBeGreaterThan(0);
      expect(rule.alternatives.every(({ words, fhirpath }) => words !== '' && fhirpath !== '')).toBe(true);
    }
  });

  test('name derived facts whose words are told beside', () => {
    const told = new Set(plan.derived.map(({ name }) => name));
    const used = plan.rules.flatMap(({ derived }) => derived);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((name) => !told.has(name))).toEqual([]);
  });
});

describe('what if', () => {
  test('a fact that fires a rule gives its level, and why', async () => {
    const found = await whatIf({ backPain: 'Y', severity: 3, saddleNumbness: 'Y' });
    expect(found).toMatchObject({
      level: 'emergency',
      gates: ['PREG'],
      gestation: { known: true, min: 168, max: 168 },
    });
    expect(ruleOf(found, 'E08')?.state).toBe('fires');
    expect(ruleOf(found, 'E08')?.why.join()).toContain('numbness');
  });

  test('what the service would compute can be supposed, on both sides of its limit', async () => {
    const infected = { backPain: 'Y', severity: 3, temperature: 38.4 };
    const at = (systolicFall: number) => whatIf({ ...infected, systolicFall }, { faceToFace: true });
    const [below, reached] = [await at(39), await at(40)];
    const says = ({ rules }: WhatIf) => rules.filter(({ state }) => state === 'fires').map(({ id }) => id);
    const added = says(reached).filter((id) => !says(below).includes(id));
    expect(added).toEqual(['E09']);
    expect(
      plan.facts
        .filter(({ form }) => form === 'Computed from other facts')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['haemoglobinFall', 'hcgRatio', 'repeatContacts', 'systolicFall', 'worsening']);
  });

  test('the same fact denied excludes what needs it, and unknown leaves it open with its name', async () => {
    const denied = await whatIf({ backPain: 'Y', systolic: 120, diastolic: 80, convulsion: 'N', unconscious: 'N' });
    expect(ruleOf(denied, 'E10')).toMatchObject({ state: 'excluded', missing: [] });
    expect(ruleOf(denied, 'E10')?.why.length).toBeGreaterThan(0);
    const open = ruleOf(await whatIf({ backPain: 'Y' }), 'E10');
    expect(open?.state).toBe('open');
    expect(open?.missing).toContain('systolic blood pressure');
  });

  test('a rule for other gates says so; nothing dates the pregnancy unless it is supposed', async () => {
    const found = await whatIf({ backPain: 'Y' }, { gestation: undefined });
    expect(found.gestation.known).toBe(false);
    const elsewhere = found.rules.filter(({ state }) => state === 'not-run');
    expect(elsewhere.length).toBeGreaterThan(0);
    expect(elsewhere[0]?.why[0]).toContain('the gate is');
  });

  test('what cannot be true is set aside by the engine, and said', async () => {
    const found = await whatIf({ systolic: 900 });
    expect(found.notUsed).toEqual([{ label: 'systolic blood pressure', reasons: ['not-plausible'] }]);
  });

  test('what is confidential raises the private level alone', async () => {
    const found = await whatIf({ backPain: 'Y', selfHarmThoughts: 'Y', selfHarmPlan: 'Y' });
    const without = await whatIf({ backPain: 'Y' });
    expect(found.privateLevel).toBe('emergency');
    expect(found.level).toBe(without.level);
  });
});

describe('what if with drafts', () => {
  const drug = (name: string) => ({ kind: 'MedicationRequest', name });
  const fired = ({ drafts }: WhatIf, at = 0) =>
    drafts[at]?.rules.filter(({ state }) => state === 'fires').map(({ id }) => id);

  test('a drug is judged by the gestation that is supposed, and the level of the person stays', async () => {
    const ask = (weeks: number) =>
      whatIf({ backPain: 'Y', severity: 3 }, { gestation: weeks * 7, drafts: [drug('Ibuprofen 400 mg by mouth')] });
    const [early, late] = [await ask(18), await ask(30)];
    expect(fired(late)).toContain('O01');
    expect(fired(early)).not.toContain('O01');
    expect(late.drafts[0]?.ingredients).toMatchObject({ names: ['ibuprofen'], complete: true });
    expect(late.drafts[0]?.rules.find(({ id }) => id === 'O01')?.why.length).toBeGreaterThan(0);
    expect(late.rules.some(({ id }) => id === 'O01')).toBe(false);
    const { drafts, ...without } = await whatIf({ backPain: 'Y', severity: 3 }, { gestation: 30 * 7 });
    expect(drafts).toEqual([]);
    expect({ ...late, drafts }).toEqual({ ...without, drafts });
  });

  test('each of several is judged by itself, in the order given; one that is not recognised is said to be unchecked', async () => {
    const service = { kind: 'ServiceRequest', name: 'Urine culture' };
    const drafts = [drug('Unheardofine 5 mg'), drug('Ibuprofen 400 mg'), service, drug('Paracetamol 1 g by mouth')];
    const found = await whatIf({ backPain: 'Y', severity: 3 }, { gestation: 30 * 7, drafts });
    expect(found.drafts.map(({ name }) => name)).toEqual(drafts.map(({ name }) => name));
    expect(fired(found, 0)).toContain('O00');
    expect(found.drafts[0]?.ingredients).toEqual({ names: [], complete: false });
    expect(fired(found, 1)).toContain('O01');
    expect(found.drafts[2]?.ingredients).toBeUndefined();
    expect(fired(found, 3)).not.toContain('O01');
    expect(found.failures).toEqual([]);
  });
});

test('the heat map holds, in each cell, the level that the engine gives there', async () => {
  const facts = { backPain: 'Y', syncope: 'Y' };
  const map = (await (await post('heat-map', { plan: plan.url, facts, axis: 'severity' })).json()) as HeatMap;
  expect(map.values).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(map.weeks).toHaveLength(44);
  for (const [value, week] of [
    [3, 8],
    [3, 20],
    [9, 30],
  ] as const) {
    const { level = null } = await whatIf({ ...facts, severity: value }, { gestation: week * 7 });
    expect(map.levels[value]?.[week]).toBe(level);
  }
  expect(new Set(map.levels.flat()).size).toBeGreaterThan(1);
}, 60_000);

describe('refused with an OperationOutcome', () => {
  const url = () => plan.url;
  test.each<[string, () => unknown, number]>([
    ['no JSON', () => '{', 400],
    ['a draft of another kind', () => ({ plan: url(), drafts: [{ kind: 'Task', name: 'any' }] }), 400],
    ['a draft without a name', () => ({ plan: url(), drafts: [{ kind: 'MedicationRequest', name: ' ' }] }), 400],
    ['another shape', () => ({ plan: url(), fact: {} }), 400],
    ['a fact that is not there', () => ({ plan: url(), facts: { noSuchFact: true } }), 400],
    ['an option that is not there', () => ({ plan: url(), facts: { backPain: 'maybe' } }), 400],
    ['a number that is none', () => ({ plan: url(), facts: { severity: 'high' } }), 400],
    ['a computed number that is no number', () => ({ plan: url(), facts: { systolicFall: true } }), 400],
    ['a gestation that no pregnancy has', () => ({ plan: url(), gestation: 400 }), 400],
    ['a plan that is not here', () => ({ plan: 'http://example.org/none' }), 404],
    ['more than is ever supposed', () => ({ plan: url(), facts: { backPain: 'x'.repeat(70_000) } }), 413],
  ])('%s', async (_what, body, status) => {
    const response = await post('what-if', body());
    expect(response.status).toBe(status);
    expect(((await response.json()) as { resourceType: string }).resourceType).toBe('OperationOutcome');
  });

  test('a heat map over what has no bounds, and a second one while the first is drawn', async () => {
    expect((await post('heat-map', { plan: url(), axis: 'backPain' })).status).toBe(400);
    const ask = async () => (await post('heat-map', { plan: url(), axis: 'severity' })).status;
    expect((await Promise.all([ask(), ask()])).sort()).toEqual([200, 503]);
  }, 60_000);

  test('a page of another origin', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await fetch(`${service.base}/explorer-api/rules`, { headers })).status).toBe(403);
  });
});
