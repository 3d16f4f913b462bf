/** Confidential answers change nothing that is public: cards, logs, fingerprint (spec 0.3-9, F.5; bar S3). */

import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pino from 'pino';
import { assess, prepareTopic } from '../../src/call-service.ts';
import { type Card, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import { fingerprintOf } from '../../src/decision/fingerprint.ts';
import { resourcesIn } from '../../src/fhir/bundles.ts';
import type { FhirResource } from '../../src/fhir/types.ts';
import type { ClinicalCase } from '../harness/case.ts';
import { EMERGENCY, type HookBody, MILD, requestOf, SILENT, topics, withoutUuids } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

const NOW = '2026-11-25T10:00:00Z';
const HOOKS = ['patient-view', 'encounter-start', 'encounter-discharge', 'appointment-book'];
const CANARY = 'canary-7f3a';
const [topic] = topics;
if (!topic) throw new Error('no topic');
const confidential = topic.facts.filter((fact) => fact.confidential).map(({ name }) => name);

const lines: string[] = [];
const log = pino(
  { level: 'trace' },
  new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  }),
);
let service: RunningService;
beforeAll(async () => {
  service = await startService({ now: NOW, topics, log });
});
afterAll(() => service.close());

/** Every private item answered yes, with a canary in each text; scores in the chart, usable and not; a form of its own. */
const observation = (id: string, code: string, members: Record<string, unknown>) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code, display: CANARY }], text: CANARY },
  effectiveDateTime: '{{now-2h}}',
  valueInteger: 20,
  note: [{ text: CANARY }],
  ...members,
});

const revealing = {
  safeNow: 'no',
  partnerViolence: 'yes',
  selfHarmThoughts: 'yes',
  selfHarmPlan: 'yes',
  lowMood: 'yes',
  lostInterest: 'yes',
};
const unasked = Object.fromEntries(Object.keys(revealing).map((name) => [name, null]));

const situations: [string, ClinicalCase][] = [
  ['mild pain', MILD],
  ['an emergency', EMERGENCY],
  ['no back pain', SILENT],
  ['open questions', { ...MILD, form: { base: 'clear', answers: { severity: 3, saddleNumbness: null } } }],
  ['an old form', { ...MILD, form: { base: 'clear', authored: '{{now-30h}}', answers: { severity: 3 } } }],
  ['no form', { ...MILD, form: { answers: { backPain: null } } }],
];

function withAnswers(situation: ClinicalCase, answers: Record<string, string | null>): ClinicalCase {
  return { ...situation, form: { ...situation.form, answers: { ...situation.form?.answers, ...answers } } };
}

/** The same person with and without everything private. */
function pair(situation: ClinicalCase, hook: string): { without: HookBody; secret: HookBody } {
  const moment: Partial<ClinicalCase> = { hook, appointments: [{ start: '{{now+2d}}' }] };
  const chart = [
    observation('score-1', '44261-6', {}),
    observation('score-2', '71354-5', {}),
    observation('score-3', '44261-6', { status: 'entered-in-error' }),
    observation('score-4', '44261-6', { valueInteger: 900 }),
    observation('score-5', '71354-5', { status: 'registered', valueInteger: undefined }),
    observation('score-6', '71354-5', { subject: { reference: 'Patient/another' } }),
  ] as unknown as FhirResource[];
  const earlierForms = [{ authored: '{{now-20m}}', answers: { safeNow: 'no', lowMood: 'yes' } }];
  return {
    without: requestOf({ ...withAnswers(situation, unasked), ...moment }),
    secret: requestOf({
      ...withAnswers(situation, situation.form?.base ? revealing : {}),
      ...moment,
      chart,
      earlierForms,
    }),
  };
}

const isPublic = ({ extension }: Card): boolean => !extension[EXTENSION_NAME].confidential;

/** Log lines of a call without what time adds. */
async function logged(request: HookBody): Promise<{ cards: Card[]; log: string[] }> {
  lines.length = 0;
  const { cards } = await service.call(request);
  await new Promise(setImmediate);
  return { cards, log: lines.map((line) => line.replace(/"(time|milliseconds)":\d+/g, '"$1":0')) };
}

test('when the private items are listed then they are the eight of the specification', () => {
  expect([...confidential].sort()).toEqual([...Object.keys(revealing), 'epdsTotal', 'phq9Total'].sort());
});

describe.each(HOOKS)('at %s', (hook) => {
  test.each(situations)(
    'when every private item is answered beside %s then nothing public changes',
    async (_, situation) => {
      const { without, secret } = pair(situation, hook);
      const [plain, telling] = [await logged(without), await logged(secret)];
      expect(JSON.stringify(withoutUuids(telling.cards.filter(isPublic)))).toBe(
        JSON.stringify(withoutUuids(plain.cards.filter(isPublic))),
      );
      expect(telling.log).toEqual(plain.log);
      expect(fingerprint(secret)).toBe(fingerprint(without));
      expect(JSON.stringify([telling.log, telling.cards.filter(isPublic)])).not.toMatch(
        new RegExp(`${CANARY}|E16|S05|selfHarm|lowMood|personal question`),
      );
    },
  );
});

test('when every private item is answered then the private card does say so', async () => {
  const { secret } = pair(MILD, 'patient-view');
  const [card, ...more] = (await service.call(secret)).cards.filter((candidate) => !isPublic(candidate));
  expect(more).toEqual([]);
  expect(card?.extension[EXTENSION_NAME]).toEqual({ level: 'emergency', plan: expect.any(String), confidential: true });
  expect(card?.detail).toMatch(/personal question: today/);
  expect(card?.detail).not.toContain(CANARY);
  expect(card?.summary).toBe('Emergency now: private note, open it alone');
});

test('when a private card drafts then the drafts are restricted, and those of the public card are not', async () => {
  const { secret } = pair(EMERGENCY, 'patient-view');
  const { cards } = await service.call(secret);
  const securityOf = (card: Card | undefined) =>
    (card?.suggestions ?? []).flatMap(({ actions }) =>
      actions
        .flatMap((action) => (action.type === 'create' ? [action.resource] : []))
        .map((resource) => resource.meta?.security?.[0]?.code),
    );
  const [open, apart] = [cards.filter(isPublic), cards.filter((card) => !isPublic(card))].map(([card]) =>
    securityOf(card),
  );
  expect(new Set(apart)).toEqual(new Set(['R']));
  expect(new Set(open)).toEqual(new Set([undefined]));
});

const prepared = prepareTopic(topic);

function fingerprint({ context, prefetch }: HookBody): string {
  const patientId = String(context.patientId);
  const chart = {
    patientId,
    encounterId: context.encounterId as string | undefined,
    resources: Object.values(prefetch).flatMap((value) => resourcesIn(value as FhirResource)),
    read: new Set(prepared.needs.map(({ type }) => type)),
  };
  const decision = assess(prepared, chart, { now: Date.parse(NOW), zone: 'UTC' });
  return fingerprintOf(patientId, decision, (text) => createHash('sha256').update(text).digest('hex'));
}
