/** Three plans in plain R4, in the style of the reference engines, as CDS services over HTTP. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Card, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import { faultsOf } from '../harness/card-faults.ts';
import { type RunningService, startService } from '../harness/service.ts';
import * as given from './foreign-data.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startService({ now: given.NOW, plans: given.plans });
});
afterAll(() => service.close());

type Json = Record<string, unknown>;

async function cardsOf(plan: string, prefetch: Json, hook?: string): Promise<Card[]> {
  const { cards } = await service.call(given.request(prefetch, hook), plan);
  return cards;
}

const said = (cards: Card[]) => cards.map(({ summary, indicator }) => [summary, indicator]);
const contact = (changes: Json = {}): Json => ({
  patient: given.patient(),
  signs: given.bundle(),
  pressures: given.bundle(),
  smoking: given.bundle(),
  ...changes,
});

test('each plan with a trigger is discovered at its hooks, with the prefetch that its facts ask for', async () => {
  const { services } = (await (await fetch(`${service.base}/cds-services`)).json()) as {
    services: { id: string; hook: string; prefetch: Json }[];
  };
  const found = services.filter(({ id }) => given.plans.some((plan) => plan.id === id));
  expect(found.map(({ id, hook }) => `${id} ${hook}`).sort()).toEqual([
    'antenatal-contact encounter-start',
    'antenatal-contact patient-view',
    'report-measles encounter-discharge',
    'report-measles encounter-start',
    'statin-use patient-view',
  ]);
  expect(found.find(({ id }) => id === 'report-measles')?.prefetch).toEqual({
    patient: 'Patient/{{context.patientId}}',
    encounter1: 'Encounter/{{context.encounterId}}',
    conditions: 'Condition?patient={{context.patientId}}',
    results: 'Observation?patient={{context.patientId}}&category=laboratory',
    immunizations: 'Immunization?patient={{context.patientId}}',
  });
});

test('of a ladder only the first rung that applies is said, and a nested plan gives cards of its own', async () => {
  const cards = await cardsOf(
    'antenatal-contact',
    contact({
      signs: given.bundle(given.sign('bleeding')),
      pressures: given.bundle(given.pressure(150)),
      smoking: given.bundle(given.smoking('smokes')),
    }),
  );
  expect(said(cards)).toEqual([
    ['Check for danger signs', 'critical'],
    ['Offer help to stop smoking', 'info'],
  ]);
  const [danger, tobacco] = cards;
  expect(danger?.source).toEqual({
    label: 'Danger signs',
    url: 'https://guidelines.example.com/antenatal#danger',
    topic: expect.objectContaining({ code: 'triage' }),
  });
  expect(danger?.selectionBehavior).toBe('at-most-one');
  expect(danger?.suggestions?.map(({ label }) => label)).toEqual(['Refer at once for bleeding']);
  expect(danger?.suggestions?.[0]?.actions).toMatchObject([
    {
      type: 'create',
      description: 'Refer to the hospital',
      resource: {
        resourceType: 'ServiceRequest',
        status: 'draft',
        intent: 'proposal',
        priority: 'stat',
        subject: { reference: 'Patient/p' },
        encounter: { reference: 'Encounter/e' },
        code: { coding: [{ code: '3457005' }] },
      },
    },
  ]);
  expect(danger?.detail).toContain('Because: Bleeding was reported');
  expect(danger?.detail).toContain('Strength: Strong');
  expect(danger?.detail).not.toContain('raised blood pressure');
  expect(tobacco?.source.label).toBe('Tobacco in pregnancy');
  expect(tobacco?.links).toContainEqual({
    label: 'Offer help to stop smoking',
    url: 'http://example.com/who-style/Questionnaire/readiness',
    type: 'absolute',
  });
  for (const line of [
    'Because: She smokes',
    'Reason: Tobacco use',
    'Who: Midwife',
    'Stop when: She no longer smokes',
  ]) {
    expect(tobacco?.detail).toContain(line);
  }
  expect(tobacco?.extension[EXTENSION_NAME]).toEqual({
    plan: 'antenatal-contact|0.3.0',
    confidential: false,
    fired: ['tobacco'],
  });
});

test.each([
  [139, 'info', 'No danger sign: go on with the contact'],
  [140, 'warning', 'Refer today for raised blood pressure'],
])('when the pressure is %d then the card is %s', async (value, indicator, text) => {
  const cards = await cardsOf('antenatal-contact', contact({ pressures: given.bundle(given.pressure(value)) }));
  expect(said(cards)).toEqual([['Check for danger signs', indicator]]);
  expect(cards[0]?.detail).toContain(text);
});

test('when the signs could not be read then nobody takes it for none: the next rung is said, and what was not assessed', async () => {
  const { signs, ...others } = contact({ pressures: given.bundle(given.pressure(150)) });
  const cards = await cardsOf('antenatal-contact', others);
  expect(signs).toBeDefined();
  expect(said(cards)).toEqual([
    ['Check for danger signs', 'warning'],
    ['Not assessed: Refer at once for bleeding', 'info'],
  ]);
  expect(cards[1]?.detail).toContain('Could not be read: Observation');
  const without = await cardsOf('antenatal-contact', { patient: given.patient(), pressures: null, smoking: null });
  expect(said(without)).toEqual([
    ['Not assessed: Refer at once for bleeding, No danger sign: go on with the contact', 'info'],
  ]);
});

test.each<[string, Json]>([
  ['of another patient', { subject: { reference: 'Patient/other' } }],
  ['of nobody', { subject: undefined }],
  ['entered in error', { status: 'entered-in-error' }],
  ['preliminary', { status: 'preliminary' }],
])('a result that is %s is not used, and that is said', async (_, changes) => {
  const cards = await cardsOf('antenatal-contact', contact({ signs: given.bundle(given.sign('bleeding', changes)) }));
  expect(said(cards)).toEqual([['Check for danger signs', 'info']]);
  expect(cards[0]?.detail).toMatch(/Not used: 1 (not shown to be this patient's|not final or withdrawn)/);
});

const outbreak = (changes: Json = {}): Json => ({
  patient: given.patient(),
  encounter1: given.encounter,
  conditions: given.bundle(given.condition('14189004'), given.condition('386661006')),
  results: given.bundle(given.result('2026-10-27T09:00:00Z'), given.result('2026-01-01T09:00:00Z')),
  immunizations: null,
  ...changes,
});

test('one expression that fails is reported, and the other actions are given', async () => {
  const cards = await cardsOf('report-measles', outbreak(), 'encounter-start');
  expect(said(cards)).toEqual([
    ['Report measles now', 'critical'],
    ['Add recent results to the report', 'info'],
    ['No vaccination recorded', 'warning'],
    ['Not assessed: The encounter has one class', 'info'],
  ]);
  expect(cards[3]?.detail).toMatch(/Not assessed: The encounter has one class \\\(.+\\\)/);
  expect(cards[3]?.extension[EXTENSION_NAME]).toMatchObject({ open: ['one-encounter'] });
  expect(cards[2]?.detail).toContain('Because: Measles is diagnosed');
});

test('a variable of an action stands for that of the plan there, and only there', async () => {
  const dose = { resourceType: 'Immunization', id: 'i', status: 'completed', patient: { reference: 'Patient/p' } };
  const immunizations = given.bundle({ ...dose, vaccineCode: { coding: [{ code: '03' }] } });
  const vaccinated = await cardsOf('report-measles', outbreak({ immunizations }), 'encounter-discharge');
  expect(vaccinated.map(({ summary }) => summary)).toEqual([
    'Report measles now',
    'Add recent results to the report',
    'Not assessed: The encounter has one class',
  ]);
});

test.each([
  ['2026-10-26T10:00:00Z', true],
  ['2026-10-26T09:59:59Z', false],
])('a result of %s is recent: %s', async (time, isRecent) => {
  const cards = await cardsOf(
    'report-measles',
    outbreak({ results: given.bundle(given.result(time)) }),
    'encounter-start',
  );
  expect(cards.some(({ summary }) => summary === 'Add recent results to the report')).toBe(isRecent);
});

const lipids = (value: number, birthDate = '1970-05-01'): Json => ({
  patient: given.patient(birthDate),
  ldl: given.bundle(given.ldl(value)),
});

test('drafts are made from activities, and expressions set what the path says', async () => {
  const [card, ...others] = await cardsOf('statin-use', lipids(210));
  expect(others).toEqual([]);
  expect([card?.summary, card?.indicator]).toEqual(['Offer a statin: LDL 210 mg/dL', 'warning']);
  expect(card?.source).toEqual({
    label: 'Statin recommendation',
    url: 'https://taskforce.example.com/statins#b',
    icon: 'https://taskforce.example.com/logo.png',
  });
  expect(card?.selectionBehavior).toBe('at-most-one');
  const [moderate, high] = card?.suggestions ?? [];
  expect(moderate).toMatchObject({ label: 'Moderate dose', isRecommended: true });
  expect(moderate?.actions).toMatchObject([
    {
      resource: {
        resourceType: 'MedicationRequest',
        intent: 'proposal',
        dosageInstruction: [{ text: '20 mg once a day', route: { text: 'oral' } }],
        note: [{ text: 'Drafted on 2026-11-25' }],
      },
    },
  ]);
  expect(high?.isRecommended).toBeUndefined();
  expect(high?.actions).toMatchObject([
    { resource: { resourceType: 'MedicationRequest', dosageInstruction: [{ text: '80 mg once a day' }] } },
    {
      resource: {
        resourceType: 'ServiceRequest',
        occurrenceDateTime: '2027-02-17',
        code: { coding: [{ code: '24325-3' }] },
      },
    },
  ]);
  expect(card?.detail).toContain('patientInstruction \\(%practitioner is not known\\)');
});

test.each([
  [190, '1986-11-25', 1],
  [189.9, '1986-11-25', 0],
  [190, '1986-11-26', 0],
])('when LDL is %d and she was born on %s then there are %d cards', async (value, birthDate, count) => {
  expect(await cardsOf('statin-use', lipids(value, birthDate))).toHaveLength(count);
});

test('every card keeps to CDS Hooks', async () => {
  const answers = await Promise.all([
    cardsOf('antenatal-contact', contact({ signs: given.bundle(given.sign('bleeding')) })),
    cardsOf('report-measles', outbreak(), 'encounter-start'),
    cardsOf('statin-use', lipids(210)),
  ]);
  expect(answers.flatMap((cards) => faultsOf({ cards }))).toEqual([]);
});

test('nothing at all to read from is 412, and the Patient of another is refused', async () => {
  const nothing = await service.post('/cds-services/statin-use', given.request({}));
  expect(nothing.status).toBe(412);
  const other = { ...lipids(210), patient: { resourceType: 'Patient', id: 'other' } };
  expect((await service.post('/cds-services/statin-use', given.request(other))).status).toBe(400);
});
