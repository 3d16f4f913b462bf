/** One AuditEvent for each call that used a patient's data (bar R11): BALP's shape, and no clinical value. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ServiceError } from '../../src/errors.ts';
import type { AuditEvent } from '../../src/fhir/types.ts';
import type { Store } from '../../src/store/open-store.ts';
import { openReplica } from '../harness/databases.ts';
import { bearer, claimsFor, ecKeys, ISS, jwksFile, PUBLIC_BASE, tokenOf, trusting } from '../harness/ehr.ts';
import { EMERGENCY, questionnaires, requestOf, SERVICE, SILENT, topics } from '../harness/requests.ts';
import { type Form, responsesOf } from '../harness/responses.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { faultsOfR4 } from '../operations/r4.ts';

const TOKEN = 'a-token-of-thirty-two-characters';
const ec = ecKeys('key-1');
const INSTANCE = '5c1f5f0a-6d2b-4b8e-9a55-0c4bb0b9f8d1';
let store: Store;
let service: RunningService;
let seen: Set<string | undefined>;
beforeAll(async () => {
  store = await openReplica('memory:');
  const trust = trusting({ jwksFile: jwksFile(ec) });
  service = await startService({ topics, store, config: { ...trust, audit: true, adminToken: TOKEN } });
});
afterAll(async () => {
  await service.close();
  await store.close();
});
beforeEach(async () => {
  seen = new Set((await events()).map(({ id }) => id));
});

const ask = (query = '') =>
  fetch(`${service.base}/admin/audit${query}`, { headers: { authorization: `Bearer ${TOKEN}` } });

async function events(): Promise<AuditEvent[]> {
  await store.audit.flush();
  const lines = (await (await ask()).text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as AuditEvent);
}
/** What was added, as soon as there is something; a call ends a moment after its answer has come. */
async function added(): Promise<AuditEvent[]> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = (await events()).filter(({ id }) => !seen.has(id));
    if (found.length > 0) return found;
    await delay(25);
  }
  return [];
}

/** That nothing was added, a while after the answer. */
async function isNothingAdded(): Promise<void> {
  await delay(300);
  expect((await events()).filter(({ id }) => !seen.has(id))).toEqual([]);
}

const send = (path: string, body: unknown, type = 'application/json') =>
  fetch(service.base + path, {
    method: 'POST',
    headers: { 'content-type': type, ...bearer(tokenOf(ec, claimsFor(path))) },
    body: JSON.stringify(body),
  });

const entityOf = ({ entity = [] }: AuditEvent, code: string) => entity.find(({ type }) => type?.code === code)?.what;

test('when a hook was called then who asked, for whom, about whom and by which plan is kept, and nothing else', async () => {
  expect((await send(SERVICE, requestOf(EMERGENCY))).status).toBe(200);
  const [event, ...others] = await added();
  expect(others).toEqual([]);
  expect(faultsOfR4(event)).toEqual([]);
  expect(event).toEqual({
    resourceType: 'AuditEvent',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    meta: { profile: ['https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientRead'] },
    type: {
      system: 'http://terminology.hl7.org/CodeSystem/audit-event-type',
      code: 'rest',
      display: 'RESTful Operation',
    },
    subtype: [{ system: 'http://hl7.org/fhir/restful-interaction', code: 'read', display: 'read' }],
    action: 'R',
    recorded: '2026-11-25T10:00:00.000Z',
    outcome: '0',
    agent: [
      {
        type: { coding: [expect.objectContaining({ code: '110152', display: 'Destination Role ID' })] },
        who: { identifier: { value: ISS } },
        requestor: false,
        network: { address: '127.0.0.1', type: '2' },
      },
      {
        type: { coding: [expect.objectContaining({ code: '110153', display: 'Source Role ID' })] },
        who: { identifier: { value: 'pregnancy-back-pain-cds' } },
        requestor: false,
        network: { address: PUBLIC_BASE, type: '5' },
      },
      {
        type: { coding: [expect.objectContaining({ code: 'IRCP' })] },
        who: { reference: 'Practitioner/p1' },
        requestor: true,
      },
    ],
    source: expect.objectContaining({ observer: { identifier: { value: 'pregnancy-back-pain-cds' } } }),
    entity: [
      expect.objectContaining({
        what: { reference: 'Patient/case-patient' },
        role: expect.objectContaining({ code: '1' }),
      }),
      expect.objectContaining({ what: { identifier: { value: 'back-pain-in-pregnancy' } } }),
      expect.objectContaining({ what: { identifier: { value: INSTANCE } } }),
    ],
  });
});

test('when nothing is said of a patient then it is an access all the same', async () => {
  const answer = await send(SERVICE, requestOf(SILENT));
  expect(await answer.json()).toEqual({ cards: [] });
  expect(await added()).toHaveLength(1);
});

test('when a call is refused after its data were looked at then it is kept as a failure, without the profile of successes', async () => {
  const { prefetch, ...request } = requestOf(EMERGENCY);
  const patient = { resourceType: 'Patient', id: 'somebody-else' };
  expect((await send(SERVICE, { ...request, prefetch: { ...prefetch, patient } })).status).toBe(400);
  const [event, ...others] = await added();
  expect(others).toEqual([]);
  expect([event?.outcome, event?.meta]).toEqual(['4', undefined]);
  expect(faultsOfR4(event)).toEqual([]);
  expect(JSON.stringify(event)).not.toContain('somebody-else');
});

test.each([
  ['is no call', SERVICE, {}],
  ['is for a patient that is no id', SERVICE, { ...requestOf(EMERGENCY), context: { patientId: '../x' } }],
  ['is for no service', '/cds-services/nowhere', requestOf(EMERGENCY)],
])('when a request %s then no data were used and nothing is kept', async (_name, path, body) => {
  expect((await send(path, body)).status).toBeGreaterThanOrEqual(400);
  await isNothingAdded();
});

test('when nobody proves who they are then nothing is kept, whatever they send', async () => {
  expect((await service.post(SERVICE, requestOf(EMERGENCY))).status).toBe(401);
  await isNothingAdded();
});

test('when the user is no reference then nothing of it is kept', async () => {
  const request = requestOf(EMERGENCY);
  await send(SERVICE, { ...request, context: { ...request.context, userId: 'Dr Kanarienvogel' } });
  const [event] = await added();
  expect(event?.agent).toHaveLength(2);
  expect(event?.agent[0]?.requestor).toBe(true);
  expect(JSON.stringify(event)).not.toContain('Kanarienvogel');
});

const [response] = responsesOf(EMERGENCY.form as Form, 'r', questionnaires, { reference: 'Patient/form-patient' });
const given = { resourceType: 'Parameters', parameter: [{ name: 'response', resource: response }] };
const subject = { name: 'subject', valueReference: { reference: 'Patient/form-patient' } };
const questionnaire = questionnaires[0];

test.each([
  ['PlanDefinition/$assess', given],
  ['QuestionnaireResponse/$extract', response],
  ['QuestionnaireResponse/$validate', response],
  [
    'Questionnaire/$populate',
    { resourceType: 'Parameters', parameter: [{ name: 'questionnaire', resource: questionnaire }, subject] },
  ],
])('when %s is asked for then it is kept as an access to the patient that it names', async (operation, body) => {
  const answer = await send(`/fhir-api/${operation}`, body, 'application/fhir+json');
  const [event, ...others] = await added();
  expect(others).toEqual([]);
  expect(event?.outcome).toBe(answer.status === 200 ? '0' : '4');
  expect(entityOf(event as AuditEvent, '1')).toEqual({ reference: 'Patient/form-patient' });
  expect(entityOf(event as AuditEvent, '2')).toEqual({ identifier: { value: operation } });
  expect(faultsOfR4(event)).toEqual([]);
});

test('when the page of the form asks what follows then that is an access too', async () => {
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const body = JSON.stringify(response);
  await fetch(`${service.base}/form-api/QuestionnaireResponse/$extract`, {
    method: 'POST',
    headers,
    body,
  });
  expect((await added()).map((event) => entityOf(event, '1'))).toEqual([{ reference: 'Patient/form-patient' }]);
});

test('when knowledge is read then it is nobody’s data', async () => {
  const headers = bearer(tokenOf(ec, claimsFor('/fhir-api/Questionnaire')));
  expect((await fetch(`${service.base}/fhir-api/Questionnaire`, { headers })).status).toBe(200);
  await isNothingAdded();
});

test('what is kept of an emergency holds no clinical word: not the rule, not the level, no answer', async () => {
  await send(SERVICE, requestOf(EMERGENCY));
  // The id of the event is random: any letters may stand in it.
  const kept = (await added()).map(({ id: _, ...event }) => event);
  expect(kept).toHaveLength(1);
  expect(JSON.stringify(kept)).not.toMatch(/\bE0\d\b|emergency|saddle|numb|severity|24\+0|1996-02-03/i);
});

test('when no audit is wanted, or no token is set, then there is nothing at its address', async () => {
  const [off, closed] = [
    await startService({ topics, config: { audit: false, adminToken: TOKEN } }),
    await startService({ topics, config: { audit: true } }),
  ];
  for (const { base, close } of [off, closed]) {
    const answer = await fetch(`${base}/admin/audit`, { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(answer.status).toBe(404);
    await close();
  }
  expect((await fetch(`${service.base}/admin/audit`)).status).toBe(401);
});

test.each([
  ['before the first event', 0],
  ['in the middle', 2],
])('when the database is lost %s then nobody takes what came for the whole', async (_name, pages) => {
  const store = await openReplica('memory:');
  async function* read() {
    for (let page = 0; page < pages; page += 1)
      yield [{ id: `${page}`, recordedAt: 0, event: '{"resourceType":"AuditEvent"}' }];
    throw new ServiceError('store-unavailable', 'The audit cannot be read at the moment');
  }
  const running = await startService({
    topics,
    store: { ...store, audit: { ...store.audit, read } },
    config: { audit: true, adminToken: TOKEN },
  });
  const headers = { authorization: `Bearer ${TOKEN}` };
  const whole = async () => {
    const answer = await fetch(`${running.base}/admin/audit`, { headers });
    return { status: answer.status, text: await answer.text() };
  };
  if (pages === 0) expect((await whole()).status).toBe(503);
  else await expect(whole()).rejects.toThrow();
  await running.close();
  await store.close();
});

test('when a period is asked for then it is checked, and only its events are told', async () => {
  const answer = await ask('?from=2026-11-25&to=2026-11-25');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/fhir+ndjson']);
  expect((await answer.text()).split('\n').length).toBeGreaterThan(5);
  expect(await (await ask('?from=2026-11-26&to=2026-11-27')).text()).toBe('');
  expect(await (await ask('?to=2026-11-24')).text()).toBe('');
  expect([(await ask('?from=yesterday')).status, (await ask('?form=2026-11-25')).status]).toEqual([400, 400]);
});
