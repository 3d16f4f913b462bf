/** Knowledge past its period goes on, and says so first (hazard 14; ADR 26). The last day is 22 November 2027. */
import { afterEach, expect, test } from '@jest/globals';
import type { Card } from '../../src/cds-hooks/card.ts';
import { readKnowledgeFiles } from '../../src/knowledge/load.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { EMERGENCY, MILD, questionnaires, requestOf, SILENT, topics, withPrefetch } from '../harness/requests.ts';
import { type Form, responsesOf } from '../harness/responses.ts';
import { type RunningService, startService } from '../harness/service.ts';
import * as foreign from '../plan/foreign-data.ts';

const NOTE = '**These rules were valid until 22 Nov 2027 and are overdue for review: check the source before acting.**';
const TOKEN = 'a-token-of-thirty-two-characters';
const atEnd = (now: string) => ({ ...EMERGENCY, now });

/** A draft order that brings a card. */
const COMBINATION = {
  resourceType: 'MedicationRequest',
  status: 'draft',
  intent: 'order',
  subject: { reference: 'Patient/case-patient' },
  medicationCodeableConcept: { coding: [{ system: 'http://www.whocc.no/atc', code: 'M01AE51' }] },
};

let service: RunningService | undefined;
afterEach(async () => {
  await service?.close();
  service = undefined;
});

async function startedAt(now: string, zone = 'UTC', given: Topic[] = topics): Promise<RunningService> {
  service = await startService({ now, topics: given, plans: foreign.plans, config: { zone, adminToken: TOKEN } });
  return service;
}

const isNoted = ({ detail }: Card) => detail?.startsWith(`${NOTE}\n\n`) === true;

async function saidBy({ base }: RunningService) {
  const ready = await fetch(`${base}/readyz`);
  const metrics = await fetch(`${base}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
  const { overdue } = (await ready.json()) as { overdue: string[] };
  const gauge = /^cds_knowledge_overdue (\d+)$/m.exec(await metrics.text())?.[1];
  return { status: ready.status, overdue, gauge };
}

const PLAN = `${topics[0]?.id}|${topics[0]?.version}`;

test.each([
  ['the last moment of the last day', '2027-11-22T23:59:59.999Z', 'UTC', false],
  ['the first moment after it', '2027-11-23T00:00:00Z', 'UTC', true],
  ['that moment, where it is still the day before', '2027-11-23T00:00:00Z', 'America/New_York', false],
  ['the day before in UTC, where it is the day after already', '2027-11-22T21:00:00Z', 'Asia/Tehran', true],
])('at %s cards, /readyz and metrics say whether the knowledge is overdue', async (_name, now, zone, overdue) => {
  const running = await startedAt(now, zone);
  const { cards } = await running.call(requestOf(atEnd(now)));
  expect(cards.length).toBeGreaterThan(0);
  expect(cards.map(isNoted)).toEqual(cards.map(() => overdue));
  expect(await saidBy(running)).toEqual({ status: 200, overdue: overdue ? [PLAN] : [], gauge: overdue ? '1' : '0' });
});

test('when knowledge is overdue then every kind of card says so, and silence stays silence', async () => {
  const now = '2028-01-10T10:00:00Z';
  const running = await startedAt(now);
  const notAssessed = withPrefetch(requestOf(atEnd(now)), { responses: undefined, conditions: undefined });
  const cards = [
    ...(await running.call(notAssessed)).cards,
    ...(await running.call(requestOf({ ...MILD, now, orders: [COMBINATION] }))).cards,
  ];
  expect(cards.length).toBeGreaterThan(1);
  expect(cards.filter((card) => !isNoted(card))).toEqual([]);
  expect((await running.call(requestOf({ ...SILENT, now }))).cards).toEqual([]);
});

test('when a plan in plain R4 is overdue then its cards say so', async () => {
  const plans = foreign.plans.map((plan) => ({ ...plan, effectiveUntil: '2026-11-24' }));
  service = await startService({ now: foreign.NOW, plans });
  const prefetch = { patient: foreign.patient(), signs: foreign.bundle(), pressures: foreign.bundle() };
  const { cards } = await service.call(
    foreign.request({ ...prefetch, smoking: foreign.bundle() }),
    'antenatal-contact',
  );
  expect(cards.map(({ detail }) => detail?.startsWith('**These rules were valid until 24 Nov 2026'))).toEqual(
    cards.map(() => true),
  );
  expect(cards.length).toBeGreaterThan(0);
});

test('when an assessment is asked for then its note says so too', async () => {
  const running = await startedAt('2027-11-23T10:00:00Z');
  const response = responsesOf(EMERGENCY.form as Form, 'r', questionnaires, { reference: 'Patient/p' })[0];
  const given = { resourceType: 'Parameters', parameter: [{ name: 'response', resource: response }] };
  const answer = await running.post('/fhir-api/PlanDefinition/$assess', given);
  const notes = ((await answer.json()) as { entry: { resource: { note?: { text: string }[] } }[] }).entry.flatMap(
    ({ resource }) => resource.note ?? [],
  );
  expect(notes.filter(({ text }) => text.includes('overdue for review'))).toHaveLength(1);
});

test('when a plan says no end then nothing is overdue', async () => {
  const now = '2040-01-10T10:00:00Z';
  const endless = topics.map((topic) => ({ ...topic, effectiveUntil: undefined }));
  const running = await startedAt(now, 'UTC', endless);
  const { cards } = await running.call(requestOf(atEnd(now)));
  expect(cards.filter(({ detail }) => detail?.includes('overdue for review'))).toEqual([]);
  expect((await saidBy(running)).overdue).toEqual([]);
});

test('the period of the plan is the one that these tests assume', () => {
  const plans = readKnowledgeFiles('.').map(({ resource }) => resource as { effectivePeriod?: { end?: string } });
  expect(plans.flatMap(({ effectivePeriod }) => effectivePeriod?.end ?? [])).toContain('2027-11-22');
});
