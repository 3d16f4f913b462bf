/**
 * Every subset of the prefetch keys, each absent, null, an OperationOutcome or empty, at every hook (bar D4): the result
 * of the full data, or 412, or what is missing is said. Never a silent all-clear.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CdsResponse } from '../../src/cds-hooks/card.ts';
import type { Service } from '../../src/cds-hooks/service.ts';
import {
  EMERGENCY,
  levelOf,
  MILD,
  requestOf,
  SERVICE,
  SILENT,
  saidUnread,
  topics,
  withPrefetch,
} from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

let service: RunningService;
const topic = topics[0];
beforeAll(async () => {
  service = await startService({ topics });
});
afterAll(() => service.close());

const STATES: [string, unknown][] = [
  ['absent', undefined],
  ['null', null],
  ['an OperationOutcome', { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] }],
  ['empty', { resourceType: 'Bundle', type: 'searchset', total: 0 }],
];
const UNREAD = ['absent', 'an OperationOutcome'];
/** Those whom silence could harm most: all clear, and nothing said. The emergency has a test of its own. */
const people = [MILD, SILENT];

function subsets<T>(items: readonly T[]): T[][] {
  return Array.from({ length: 2 ** items.length }, (_, bits) => items.filter((_item, at) => bits & (1 << at)));
}

/** The types of the keys that this service publishes for a hook. */
async function keysAt(hook: string): Promise<Map<string, string>> {
  const { services } = (await (await fetch(`${service.base}/cds-services`)).json()) as { services: Service[] };
  const { prefetch = {} } = services.find((one) => one.hook === hook) ?? {};
  return new Map(Object.entries(prefetch).map(([key, query]) => [key, /^[A-Za-z]+/.exec(query)?.[0] ?? '']));
}

/** What is wrong with an answer; undefined when it is one of those that are right. */
function faultOf(status: number, body: string, full: CdsResponse, missing: string[], all: number): string | undefined {
  if (status === 412) return missing.length === all ? undefined : '412 though something was read';
  if (status !== 200) return `status ${status}`;
  const { cards } = JSON.parse(body) as CdsResponse;
  // Assessments can only settle a finding: without them it stays unsettled, and its card says so.
  const needed = missing.filter((type) => type !== 'ClinicalImpression');
  if (needed.length === 0) return undefined;
  if (cards.length === 0) return 'nothing is said';
  const said = saidUnread(cards);
  const silent = needed.filter((type) => !said.includes(type));
  // Where nothing speaks for a pregnancy the card names the sources of that alone.
  const partly = levelOf(cards) === undefined && said.length > 0;
  if (silent.length > 0 && !partly) return `does not name ${silent.join()}`;
  return levelOf(cards) === 'self-care' && levelOf(full.cards) !== 'self-care' ? 'reassures' : undefined;
}

test.each(STATES)(
  'when any of the keys are %s then it is never a silent all-clear',
  async (name, value) => {
    const types = await keysAt('patient-view');
    expect(await faultsWithout(subsets([...types.keys()]), 'patient-view', name, value)).toEqual([]);
  },
  180_000,
);

const ENCOUNTER_HOOKS = (topic?.hooks ?? []).filter((hook) => hook.startsWith('encounter-'));

test.each(ENCOUNTER_HOOKS)(
  'when a few, or all but a few, of the keys are missing at %s then neither',
  async (hook) => {
    const keys = [...(await keysAt(hook)).keys()];
    const outermost = subsets(keys).filter(({ length }) => length < 2 || length > keys.length - 2);
    for (const [name, value] of STATES) expect(await faultsWithout(outermost, hook, name, value)).toEqual([]);
  },
  180_000,
);

async function faultsWithout(lattice: string[][], hook: string, name: string, value: unknown): Promise<string[]> {
  const types = await keysAt(hook);
  const faults: string[] = [];
  for (const person of people) {
    const request = requestOf(person, { hook });
    request.context.encounterId ??= 'another-encounter';
    const full = await service.call(request);
    for (const keys of lattice) {
      const changes = Object.fromEntries(keys.map((key) => [key, value]));
      const response = await service.post(SERVICE, withPrefetch(request, changes));
      const missing = UNREAD.includes(name) ? keys.map((key) => types.get(key) ?? '') : [];
      const fault = faultOf(response.status, await response.text(), full, missing, types.size);
      if (fault !== undefined) faults.push(`${person.title}, without ${keys.join(' ')}: ${fault}`);
    }
  }
  return faults;
}

test('when a form was read that says an emergency then it stands, whatever else is missing in whatever way', async () => {
  const { responses: _form, ...others } = requestOf(EMERGENCY).prefetch;
  for (const keys of subsets(Object.keys(others))) {
    const changes = Object.fromEntries(keys.map((key, at) => [key, STATES[(at * 2) % 4]?.[1]]));
    const { cards } = await service.call(withPrefetch(requestOf(EMERGENCY), changes));
    expect(levelOf(cards)).toBe('emergency');
  }
}, 180_000);

test('when data are null or empty where they were not then nobody is reassured by it', async () => {
  const types = await keysAt('patient-view');
  for (const value of [null, STATES[3]?.[1]]) {
    const { cards } = await service.call(withPrefetch(requestOf(EMERGENCY), { responses: value }));
    expect(['self-care', 'routine']).not.toContain(levelOf(cards));
    expect(types.size).toBeGreaterThan(3);
  }
});
