/** F.1-5, F.1-6, F.1-8, F.1-10, F.1-11: the same data give the same cards; nothing is silent; nothing contradicts. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Card, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import { loadTopics } from '../../src/knowledge/load.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { hookRequestOf } from '../harness/case.ts';
import { coreOf } from '../harness/core.ts';
import { caseOf } from './levels.ts';
import { anyPatient, askable, denial, type Patient } from './patients.ts';

const [topic] = loadTopics('.') as [Topic];
const core = coreOf(topic);
const SEED = 20261126;
const NOW = '2026-11-25T10:00:00Z';

type Bundle = { entry: unknown[] };
type Request = { prefetch: Record<string, Bundle & { resourceType: string }> };

const requestFor = (patient: Patient) => hookRequestOf(caseOf(patient), topic.questionnaires) as unknown as Request;

/** Changes the order of every Bundle, and says some of its entries twice. */
function shuffled(request: Request, by: number): Request {
  const prefetch = Object.fromEntries(
    Object.entries(request.prefetch).map(([key, bundle]) => {
      if (bundle.resourceType !== 'Bundle') return [key, bundle];
      const entry = [...bundle.entry, ...bundle.entry.filter((_, at) => (at + by) % 3 === 0)];
      const turned = [
        ...entry.slice(by % Math.max(entry.length, 1)),
        ...entry.slice(0, by % Math.max(entry.length, 1)),
      ];
      return [key, { ...bundle, entry: by % 2 === 0 ? turned.reverse() : turned }];
    }),
  );
  return { ...request, prefetch };
}

const call = (request: Request): Promise<Card[]> => core.cardsOf(request as unknown as Record<string, unknown>, NOW);

test('F.1-5, F.1-6 when resources come in another order, or twice, then the cards are the same', async () => {
  await fc.assert(
    fc.asyncProperty(anyPatient(topic), fc.nat(50), async (patient, by) => {
      const request = requestFor(patient);
      expect(await call(shuffled(request, by))).toEqual(await call(request));
    }),
    { numRuns: 2_000, seed: SEED },
  );
}, 120_000);

const NEEDED = ['observations', 'conditions', 'responses', 'encounters'];

test('F.1-8 when a search failed then somebody who may be pregnant gets a card that says so', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      anyPatient(topic),
      fc.subarray(NEEDED, { minLength: 1, maxLength: 3 }),
      async (patient, failed) => {
        const request = requestFor(patient);
        for (const key of failed) request.prefetch[key] = { resourceType: 'OperationOutcome' } as never;
        const cards = await call(request);
        compared += 1;
        expect(cards).not.toEqual([]);
        expect(cards.map(({ detail }) => detail).join()).toMatch(/could not be read|Could not be read/);
      },
    ),
    { numRuns: 2_000, seed: SEED },
  );
  expect(compared).toBe(2_000);
}, 120_000);

/** Words of C01, R02, R03: advice that must not stand beside a rule that wants her seen (C.2-4). */
const REASSURING = ['R02', 'R03', 'C01'];

/** Answers that want her seen within 72 hours, of somebody whose other answers are all "no". */
const WITHIN_72_HOURS = ['cannotWalk', 'nightPain', 'legOneSensory', 'heightLoss', 'cancer', 'osteoporosis'];

/** Otherwise well, so that the routine rules fire beside. */
function otherwiseWell({ answers }: Patient, trigger: string): Patient {
  const denied = askable(topic).map((fact) => [fact.name, denial(fact)]);
  const { severity, painLocation } = answers;
  const site = painLocation && { painLocation };
  const own = { backPain: 'yes', severity: severity === null ? 3 : severity, [trigger]: 'yes', ...site };
  return { situation: { gestation: '30+0', located: true }, answers: { ...Object.fromEntries(denied), ...own } };
}

test('F.1-10 when she is to be seen within 72 hours or sooner then no routine or self-care text stands on the card', async () => {
  const reassuring = topic.groups.flatMap(({ rules }) => rules).filter(({ id }) => REASSURING.includes(id));
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(anyPatient(topic), fc.constantFrom(...WITHIN_72_HOURS), async (patient, trigger) => {
      for (const card of await core.cards(caseOf(otherwiseWell(patient, trigger)))) {
        const { fired = [] } = card.extension[EXTENSION_NAME];
        expect(fired.filter((id) => id.startsWith('S'))).not.toEqual([]);
        if (fired.some((id) => REASSURING.includes(id))) compared += 1;
        for (const { title } of reassuring) expect(`${card.summary}\n${card.detail}`).not.toContain(title);
      }
    }),
    { numRuns: 2_000, seed: SEED },
  );
  expect(compared).toBeGreaterThan(500);
}, 120_000);
