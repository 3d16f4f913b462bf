/** What is refused (conformance BAD, BIG, FHS, PAT, ERR, LEAK, LIVE): 4xx, an OperationOutcome, and the service lives on. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type RawAnswer, sendRaw } from '../harness/raw-http.ts';
import { EMERGENCY, requestOf, SERVICE, topics, withoutUuids, withPrefetch } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

let service: RunningService;
let wanted: unknown;
beforeAll(async () => {
  service = await startService({ topics, config: { bodyLimitBytes: 200_000 } });
  wanted = withoutUuids(await service.call(requestOf(EMERGENCY)));
});
afterEach(async () => {
  expect(withoutUuids(await service.call(requestOf(EMERGENCY)))).toEqual(wanted);
  expect((await fetch(`${service.base}/cds-services`)).status).toBe(200);
});
afterAll(() => service.close());

const TOKEN = 'token-that-nobody-may-see';
const json = { 'content-type': 'application/json' };
const good = requestOf(EMERGENCY);
const { context } = good;
const authorization = { access_token: TOKEN, token_type: 'Bearer', expires_in: 300, scope: 'user/*.read' };

const post = (body: string, headers: Record<string, string> = json, path = SERVICE): Promise<RawAnswer> =>
  sendRaw(service.base, { method: 'POST', path, headers, body });

function expectOutcome({ status, headers, text }: RawAnswer, wantedStatus: number): void {
  expect(status).toBe(wantedStatus);
  expect(headers['content-type']).toMatch(/^application\/json/);
  const { resourceType, issue } = JSON.parse(text) as { resourceType: string; issue: Record<string, string>[] };
  expect(resourceType).toBe('OperationOutcome');
  expect(issue.length).toBeGreaterThan(0);
  for (const { severity, code, diagnostics } of issue) {
    expect([severity, code, diagnostics]).toEqual(['error', expect.stringMatching(/\w/), expect.stringMatching(/\w/)]);
  }
  expect(text).not.toMatch(/node_modules|\.[jt]s:\d|at \w+ \(|\/work\/|\/home\/|\/tmp\//);
  expect(text).not.toContain(TOKEN);
}

describe('a body that is no JSON object', () => {
  test.each(['', '{', 'junk', '[]', '[{}]', '"text"', 'null', '5', JSON.stringify(good).slice(0, -1)])(
    'when it is %j then 400',
    async (body) => expectOutcome(await post(body), 400),
  );
});

describe('a request that lacks something', () => {
  test.each(['hook', 'hookInstance', 'context'])('when %s is missing then 400 names it', async (name) => {
    const answer = await post(JSON.stringify({ ...good, [name]: undefined }));
    expectOutcome(answer, 400);
    expect(answer.text).toContain(`${name}:`);
  });

  test('when the context has no patient then 400 names it', async () => {
    for (const without of [{}, { userId: 'Practitioner/p1' }]) {
      const answer = await post(JSON.stringify({ ...good, context: without }));
      expectOutcome(answer, 400);
      expect(answer.text).toContain('context.patientId:');
    }
  });

  test('when an encounter starts that is not named then 400 names it', async () => {
    const { encounterId, ...without } = context;
    const answer = await post(JSON.stringify({ ...good, hook: 'encounter-start', context: without }));
    expectOutcome(answer, 400);
    expect(answer.text).toContain('context.encounterId');
  });
});

describe('a member of the wrong kind', () => {
  test.each<[string, Record<string, unknown>]>([
    ['hook a number', { hook: 5 }],
    ['hook empty', { hook: '' }],
    ['a hook that the service is not published for', { hook: 'order-dispatch' }],
    ['hookInstance a number', { hookInstance: 5 }],
    ['hookInstance no UUID', { hookInstance: 'call-1' }],
    ['context a text', { context: 'x' }],
    ['context a list', { context: [context] }],
    ['patientId a number', { context: { ...context, patientId: 5 } }],
    ['patientId a list', { context: { ...context, patientId: ['case-patient'] } }],
    ['patientId a path', { context: { ...context, patientId: '..' } }],
    ['patientId with a query', { context: { ...context, patientId: 'a?b=c' } }],
    ['patientId with a line break', { context: { ...context, patientId: 'case-patient\n' } }],
    ['encounterId a reference', { context: { ...context, encounterId: 'Encounter/e' } }],
    ['userId empty', { context: { ...context, userId: '' } }],
    ['prefetch a text', { prefetch: 'x' }],
    ['prefetch a list', { prefetch: [] }],
    ['a prefetch value a text', { prefetch: { patient: 'x' } }],
    ['a prefetch value a list', { prefetch: { patient: [] } }],
    ['extension a number', { extension: 5 }],
    ['fhirServer a number', { fhirServer: 5 }],
    ['fhirServer no URL', { fhirServer: 'ehr' }],
    ['fhirServer a file', { fhirServer: 'file:///etc/passwd' }],
    ['fhirServer a script', { fhirServer: 'javascript:alert(1)' }],
    ['fhirAuthorization without fhirServer', { fhirAuthorization: authorization }],
    ['fhirAuthorization a text', { fhirServer: 'https://ehr.example/fhir', fhirAuthorization: TOKEN }],
    ['a token a number', { fhirServer: 'https://e.example', fhirAuthorization: { ...authorization, access_token: 5 } }],
  ])('when it is %s then 400', async (_, changes) => {
    expectOutcome(await post(JSON.stringify({ ...good, ...changes })), 400);
  });

  test.each<[string, unknown]>([
    ['another id', { resourceType: 'Patient', id: 'somebody-else', gender: 'female' }],
    ['no id', { resourceType: 'Patient', gender: 'female' }],
    ['another patient beside the right one', bundleOf({ id: 'case-patient' }, { id: 'somebody-else' })],
  ])('when prefetch.patient has %s then 400, and no advice', async (_, patient) => {
    expectOutcome(await post(JSON.stringify(withPrefetch(good, { patient }))), 400);
  });
});

describe('an address that is no service', () => {
  test.each([
    ['nobody', 404],
    ['__proto__', 404],
    ['constructor', 404],
    ['toString', 404],
    ['..%2f', 404],
    ['..%2f..%2fetc%2fpasswd', 404],
    ['%00', 404],
    ['%E0%A4%A', 400],
    ['back-pain-in-pregnancy/feedback/x', 404],
  ])('when %s is called then %i', async (id, status) => {
    expectOutcome(await post(JSON.stringify(good), json, `/cds-services/${id}`), status);
  });

  test.each(['GET', 'PUT', 'PATCH', 'DELETE'])(
    'when a service is called by %s then 405 allows POST',
    async (method) => {
      const answer = await sendRaw(service.base, { method, path: SERVICE, headers: json });
      expectOutcome(answer, 405);
      expect(answer.headers.allow).toBe('POST');
    },
  );
});

describe('a body that is not read', () => {
  test.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    '',
  ])('when its type is "%s" then 415', async (type) =>
    expectOutcome(await post(JSON.stringify(good), type ? { 'content-type': type } : {}), 415),
  );

  test.each<[Record<string, string>, number]>([
    [{ ...json, 'content-encoding': 'compress' }, 415],
    [{ ...json, 'content-encoding': 'gzip' }, 400],
    [{ 'content-type': 'application/json; charset=ebcdic' }, 415],
  ])('when its headers are %j then it is refused', async (headers, status) => {
    expectOutcome(await post(JSON.stringify(good), headers), status);
  });

  test('when it is larger than the limit then 413', async () => {
    expectOutcome(await post(JSON.stringify({ ...good, extension: { padding: 'x'.repeat(200_000) } })), 413);
  });
});

function bundleOf(...patients: { id: string }[]) {
  return { resourceType: 'Bundle', entry: patients.map(({ id }) => ({ resource: { resourceType: 'Patient', id } })) };
}
