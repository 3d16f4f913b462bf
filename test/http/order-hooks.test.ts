/** The order hooks over HTTP: discovery, context, Medications that are not at hand, codes of the site. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { callService, prepareTopic } from '../../src/call-service.ts';
import { type Card, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import type { HookRequest } from '../../src/cds-hooks/hook-request.ts';
import { readConfig } from '../../src/config.ts';
import type { ReadFhir } from '../../src/fhir/read-fhir.ts';
import { applySite } from '../../src/knowledge/apply-site.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { faultsOf } from '../harness/card-faults.ts';
import type { ClinicalCase } from '../harness/case.ts';
import { requestOf, SERVICE, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startService({ topics });
});
afterAll(() => service.close());

const at31Weeks = (...orders: NonNullable<ClinicalCase['orders']>): ClinicalCase => ({
  title: 'orders at 31 weeks',
  spec: 'D',
  gestation: '31+0',
  located: true,
  orders,
  expect: {},
});
const ibuprofen = at31Weeks('Ibuprofen 400 mg');
const firedOn = (cards: Card[]) => cards.flatMap(({ extension }) => extension[EXTENSION_NAME].fired ?? []);

test('when services are discovered then both order hooks are among them, with the prefetch of the others', async () => {
  const { services } = (await (await fetch(`${service.base}/cds-services`)).json()) as {
    services: { hook: string; prefetch: object }[];
  };
  const hooks = new Map(services.map(({ hook, prefetch }) => [hook, prefetch]));
  expect([...hooks.keys()]).toEqual(expect.arrayContaining(['order-select', 'order-sign']));
  expect(hooks.get('order-sign')).toEqual(hooks.get('patient-view'));
});

test.each([
  ['order-sign', 'draftOrders'],
  ['order-select', 'draftOrders'],
  ['order-select', 'selections'],
])('when %s is called without %s then it is refused by name', async (hook, field) => {
  const request = requestOf(ibuprofen, { hook });
  const context = Object.fromEntries(Object.entries(request.context).filter(([name]) => name !== field));
  const response = await service.post(SERVICE, { ...request, context });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(field);
});

test.each([
  ['a list', []],
  ['a text', 'Ibuprofen'],
  ['a Bundle whose entries are no list', { resourceType: 'Bundle', entry: {} }],
])('when draftOrders is %s then it is refused', async (_what, draftOrders) => {
  const request = requestOf(ibuprofen);
  const response = await service.post(SERVICE, { ...request, context: { ...request.context, draftOrders } });
  expect(response.status).toBe(400);
});

test('when the Bundle of drafts has no type and entries that are no resources then the rest is read, and that is said', async () => {
  const request = requestOf(ibuprofen);
  const drafts = request.context.draftOrders as { entry: unknown[] };
  const draftOrders = { entry: [null, 7, { resource: null }, ...drafts.entry] };
  const { cards } = await service.call({ ...request, context: { ...request.context, draftOrders } });
  expect(firedOn(cards)).toEqual(['O01']);
  expect(cards.at(-1)?.summary).toBe('Not assessed: 3 draft orders could not be read');
});

test('when the same orders are sent at another hook then they are not looked at', async () => {
  const { cards } = await service.call(requestOf(ibuprofen, { hook: 'patient-view' }));
  expect(firedOn(cards).filter((id) => id.startsWith('O'))).toEqual([]);
});

test('when the names of drafts are hostile then they stay text, and the answer keeps to CDS Hooks', async () => {
  const hostile = 'Ibuprofen <svg/onload=x> [x](http://evil.example) **now** '.repeat(40);
  const order = {
    resourceType: 'MedicationRequest',
    id: '../../Patient/1 x',
    medicationCodeableConcept: { text: hostile },
  };
  const answer = await service.call(requestOf(at31Weeks(order, hostile)));
  expect(faultsOf(answer)).toEqual([]);
  expect(firedOn(answer.cards)).toEqual(['O01']);
  const [card] = answer.cards;
  expect(card?.detail).not.toMatch(/<svg|\]\(http:..evil/);
  const deleted = card?.suggestions?.flatMap(({ actions }) => actions).filter(({ type }) => type === 'delete');
  expect(deleted).toMatchObject([{ resourceId: 'MedicationRequest/order-2' }]);
});

const environment = {
  moment: { now: Date.parse('2026-11-25T10:00:00Z'), zone: 'UTC' },
  settings: {},
  newUuid: () => crypto.randomUUID(),
};
const byReference = at31Weeks({
  resourceType: 'MedicationRequest',
  medicationReference: { reference: 'Medication/from-the-server' },
});
const [topic] = topics as [Topic];

async function fired(one: ClinicalCase, readFhir?: ReadFhir, valueSets = {}): Promise<string[]> {
  const request = requestOf(one) as unknown as HookRequest;
  const [atSite] = applySite(topics, { ...readConfig({}, '.').site, valueSets });
  const { cards } = await callService(prepareTopic(atSite as typeof topic), request, { ...environment, readFhir });
  return firedOn(cards);
}

test('when the Medication of a draft is nowhere at hand then it is read from the FHIR server, once', async () => {
  const asked: string[] = [];
  const readFhir: ReadFhir = async (query) => {
    asked.push(query);
    const coding = [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '5640' }];
    return { resourceType: 'Medication', id: 'from-the-server', code: { coding } };
  };
  expect(await fired(byReference, readFhir)).toEqual(['O01']);
  expect(asked).toEqual(['Medication/from-the-server']);
});

test('when the FHIR server fails then the drug is not recognised, and that is said', async () => {
  const failing: ReadFhir = async () => {
    throw new Error('unreachable');
  };
  expect(await fired(byReference, failing)).toEqual(['O00']);
});

const local = { system: 'http://hospital.example/codes', code: 'XLS-2' };
const localImaging = at31Weeks({ resourceType: 'ServiceRequest', code: { coding: [local] } });
const localDrug = at31Weeks({ resourceType: 'MedicationRequest', medicationCodeableConcept: { coding: [local] } });

test('when the site lists its own code of lumbar imaging then it is found; without the list it is not', async () => {
  expect(await fired(localImaging, undefined, { 'imaging-codes': [local] })).toEqual(['O10']);
  expect(await fired(localImaging)).toEqual([]);
});

test('when the site lists its own code of a drug then it is found; without the list it is not checked', async () => {
  expect(await fired(localDrug, undefined, { nsaid: [local] })).toEqual(['O01']);
  expect(await fired(localDrug)).toEqual(['O00']);
});
