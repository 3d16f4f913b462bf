/** A canary in every field of a thousand requests, one in five of them faulty (bar S3; conformance LEAK): in no line, no error. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pino from 'pino';
import { bearer, claimsFor, ecKeys, ISS, jwksFile, tokenOf, trusting } from '../harness/ehr.ts';
import { EMERGENCY, type HookBody, MILD, requestOf, SERVICE, topics, withPrefetch } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { type Answering, registered, type StubFhir, serving, startStub } from '../harness/stub-fhir.ts';

const CANARY = 'kanarienvogel';
const REQUESTS = 1_000;
const ec = ecKeys('key-1');
const lines: string[] = [];
const errors: string[] = [];

let ehr: StubFhir;
let service: RunningService;
let faulty = false;
const full = requestOf(EMERGENCY);
beforeAll(async () => {
  const good = serving(marked(full, 0).prefetch);
  const bad: Answering = (response) => void response.writeHead(500).end(`{"resourceType":"${CANARY}"}`);
  ehr = await startStub((...asked) => (faulty ? bad : good)(...asked));
  service = await startService({
    topics,
    config: { ...trusting({ jwksFile: jwksFile(ec), fhirServers: [registered(ehr.base)] }), bodyLimitBytes: 300_000 },
    log: pino({ level: 'trace' }, { write: (line) => void lines.push(line) }),
  });
});
afterAll(async () => {
  for (const running of [service, ehr]) await running.close();
});

const instance = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

/** A request of a patient who is called like the canary, with one in every field that holds free text. */
function marked(request: HookBody, at: number): HookBody {
  const text = JSON.stringify(request)
    .replaceAll('case-patient', `${CANARY}-${at}`)
    .replaceAll('"text":"', `"text":"${CANARY} `);
  return {
    ...(JSON.parse(text) as HookBody),
    hookInstance: instance(at),
    fhirServer: ehr?.base,
    fhirAuthorization: {
      access_token: `${CANARY}-token`,
      token_type: 'Bearer',
      expires_in: 300,
      scope: CANARY,
      subject: CANARY,
    },
    extension: { [CANARY]: CANARY },
  };
}

type Odd = { body?: string; headers?: Record<string, string>; path?: string; method?: string };

/** What a client may do wrong, with the canary in it. */
const ODD: ((body: HookBody) => Odd)[] = [
  (body) => ({ body: JSON.stringify(body).slice(0, -1) }),
  (body) => ({ body: `${JSON.stringify(body)}${CANARY}` }),
  (body) => ({ body: JSON.stringify({ ...body, hook: CANARY }) }),
  (body) => ({ body: JSON.stringify({ ...body, hookInstance: CANARY }) }),
  (body) => ({ body: JSON.stringify({ ...body, context: { ...body.context, patientId: `${CANARY}?` } }) }),
  (body) => ({ body: JSON.stringify({ ...body, context: CANARY }) }),
  (body) => ({ body: JSON.stringify({ ...body, prefetch: { [CANARY]: CANARY } }) }),
  (body) => ({
    body: JSON.stringify({
      ...body,
      prefetch: { ...body.prefetch, patient: { resourceType: 'Patient', id: `${CANARY}-other` } },
    }),
  }),
  (body) => ({ body: JSON.stringify({ ...body, fhirServer: `${CANARY}:///x` }) }),
  (body) => ({ body: JSON.stringify({ ...body, fhirServer: `https://${CANARY}.example/fhir`, prefetch: {} }) }),
  (body) => ({ body: JSON.stringify({ ...body, fhirAuthorization: CANARY }) }),
  (body) => ({ body: JSON.stringify({ ...body, padding: CANARY.repeat(40_000) }) }),
  (body) => ({ body: `${'['.repeat(70)}"${CANARY}"${JSON.stringify(body)}` }),
  (body) => ({ body: JSON.stringify(body).replace('{', `{"hook":"${CANARY}",`) }),
  (body) => ({ body: JSON.stringify(body), path: `/cds-services/${CANARY}?${CANARY}` }),
  (body) => ({ body: JSON.stringify(body), path: `/${CANARY}/${CANARY}?patient=${CANARY}` }),
  (body) => ({ body: JSON.stringify(body), path: `/cds-services/%E0%A4%A${CANARY}` }),
  (body) => ({ body: JSON.stringify(body), headers: { 'content-type': `text/${CANARY}` } }),
  (body) => ({ body: JSON.stringify(body), headers: { 'content-encoding': CANARY } }),
  (body) => ({ body: JSON.stringify(body), headers: { origin: `https://${CANARY}.example` } }),
  (body) => ({ body: JSON.stringify(body), headers: bearer(CANARY) }),
  (body) => ({ body: JSON.stringify(body), headers: bearer(tokenOf(ec, claimsFor(SERVICE, { iss: CANARY }))) }),
  (body) => ({
    body: JSON.stringify(body),
    headers: bearer(tokenOf(ec, claimsFor(SERVICE), { kid: CANARY, jku: CANARY })),
  }),
  (body) => ({
    body: JSON.stringify(body),
    headers: bearer(tokenOf(ecKeys('key-1'), claimsFor(SERVICE, { sub: CANARY }))),
  }),
  () => ({ path: `${SERVICE}?${CANARY}`, method: 'DELETE', headers: { 'x-request-id': CANARY, 'user-agent': CANARY } }),
];

async function send(
  body: HookBody,
  { path = SERVICE, method = 'POST', headers = {}, ...odd }: Odd = {},
): Promise<number> {
  const audience = path.replace(/\?.*/, '');
  const response = await fetch(`${service.base}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...bearer(tokenOf(ec, claimsFor(audience))), ...headers },
    ...(method === 'POST' && { body: odd.body ?? JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.status !== 200) errors.push(text);
  for (const [name, value] of response.headers) if (`${name}${value}`.includes(CANARY)) errors.push(value);
  return response.status;
}

test('when a thousand requests were answered then neither a log line nor an error holds anything of them', async () => {
  const good: number[] = [];
  const bad: number[] = [];
  for (let at = 0; at < REQUESTS; at += 1) {
    const body = marked(requestOf(at % 2 ? EMERGENCY : MILD), at);
    faulty = at % 10 === 4;
    const change = ODD[(at / 5) % ODD.length];
    if (change) bad.push(await send(body, change(body)));
    else good.push(await send(at % 5 === 2 || faulty ? withPrefetch(body, { observations: undefined }) : body));
  }
  expect([good.length, bad.length]).toEqual([REQUESTS * 0.8, REQUESTS * 0.2]);
  expect(new Set(good)).toEqual(new Set([200]));
  expect(bad.filter((status) => status < 400 || status >= 500)).toEqual([]);
  expect(lines.length).toBeGreaterThanOrEqual(REQUESTS);

  const forbidden = new RegExp(`${CANARY}|eyJ|1996-02-03|bearer eyJ|127\\.0\\.0\\.1|${new URL(ehr.base).port}`, 'i');
  expect(lines.filter((line) => forbidden.test(line.replace(/"time":\d+/, '')))).toEqual([]);
  expect(errors.filter((error) => new RegExp(`${CANARY}|eyJ|node_modules|\\bat \\w+ \\(`, 'i').test(error))).toEqual(
    [],
  );
}, 180_000);

test('when a call is logged then by its hook instance, issuer, service, hook and time, and nothing else', () => {
  const answered = lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'answered');
  expect(answered).toMatchObject({
    requestId: expect.stringMatching(/^00000000-0000-4000/),
    issuer: ISS,
    service: topics[0]?.id,
  });
  const known = [
    'level',
    'time',
    'pid',
    'hostname',
    'msg',
    'requestId',
    'issuer',
    'service',
    'hook',
    'cards',
    'milliseconds',
  ];
  expect(Object.keys(answered).filter((name) => !known.includes(name))).toEqual([]);
});

test('when the FHIR server is asked then its addresses hold the id of the patient and nothing else of hers', () => {
  expect(ehr.asked.length).toBeGreaterThan(50);
  for (const { url } of ehr.asked) expect(url).not.toMatch(/1996|token|female|Bearer/i);
});
