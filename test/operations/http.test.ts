/** The FHIR side over HTTP: good and bad input of each operation, and what is refused (bar S1, I3, I4). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  Bundle,
  FhirResource,
  GuidanceResponse,
  OperationOutcome,
  Parameters,
  RequestGroup,
} from '../../src/fhir/types.ts';
import { bearer, claimsFor, ecKeys, jwksFile, tokenOf, trusting } from '../harness/ehr.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { changed, itemOf, SUBJECT, triage } from './forms.ts';
import { named, ofType } from './operate.ts';
import { faultsOfR4 } from './r4.ts';

const PLAN = 'http://example.org/pregnancy-back-pain-cds/PlanDefinition/back-pain-in-pregnancy';
const FORM = 'http://example.org/pregnancy-back-pain-cds/Questionnaire/back-pain-triage';
let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

type Answer<T = FhirResource> = { status: number; type: string | null; body: T };

async function answerOf<T>(response: Response): Promise<Answer<T>> {
  return { status: response.status, type: response.headers.get('content-type'), body: (await response.json()) as T };
}

async function post<T = FhirResource>(path: string, body: unknown, type = 'application/fhir+json'): Promise<Answer<T>> {
  const headers = { 'content-type': type };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return answerOf(await fetch(`${service.base}/fhir-api${path}`, { method: 'POST', headers, body: text }));
}

const get = async <T = FhirResource>(path: string): Promise<Answer<T>> =>
  answerOf(await fetch(`${service.base}/fhir-api${path}`));

const parameters = (...parameter: object[]) => ({ resourceType: 'Parameters', parameter });
const given = (name: string, resource: object) => ({ name, resource });
const emergency = triage({ severity: 8, saddleNumbness: 'yes' });

describe('when an operation gets what it takes then it answers with valid R4', () => {
  test('$assess: what fired, drafts, and everything it rests on', async () => {
    const { status, type, body } = await post<Bundle>(
      '/PlanDefinition/$assess',
      parameters(given('response', emergency)),
    );
    expect([status, type]).toEqual([200, 'application/fhir+json; charset=utf-8']);
    expect(faultsOfR4(body)).toEqual([]);
    const [guidance] = ofType<GuidanceResponse>(body, 'GuidanceResponse');
    const [group] = ofType<RequestGroup>(body, 'RequestGroup');
    const [evidence] = ofType<Parameters>(body, 'Parameters');
    expect(guidance).toMatchObject({ status: 'data-requested', moduleCanonical: `${PLAN}|0.3.0`, subject: SUBJECT });
    expect(group).toMatchObject({ status: 'draft', intent: 'proposal', subject: SUBJECT });
    expect(evidence && named(evidence, 'level')).toEqual([{ name: 'level', valueCode: 'emergency' }]);
    expect(JSON.stringify(evidence && named(evidence, 'unread'))).toContain('Observation');
    // Everything that is referred to inside is inside.
    const urls = new Set(body.entry?.map(({ fullUrl }) => fullUrl));
    const inside = [...JSON.stringify(body).matchAll(/"reference":"(urn:uuid:[^"]+)"/g)].map(([, url]) => url);
    expect(inside.length).toBeGreaterThan(2);
    expect(inside.filter((url) => !urls.has(url))).toEqual([]);
  }, 60_000);

  test('$assess of an instance is the same', async () => {
    const one = await post<Bundle>('/PlanDefinition/back-pain-in-pregnancy/$assess', emergency);
    const other = await post<Bundle>(
      '/PlanDefinition/$assess',
      parameters({ name: 'plan', valueCanonical: PLAN }, given('response', emergency)),
    );
    const levelIn = ({ body }: Answer<Bundle>) =>
      JSON.stringify(ofType(body, 'Parameters')).match(/"valueCode":"[a-z-]+"/)?.[0];
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(levelIn(one)).toBe(levelIn(other));
  });

  test('$assess: what rests on confidential answers stands apart, and is marked', async () => {
    const quiet = await post<Bundle>('/PlanDefinition/$assess', parameters(given('response', emergency)));
    const said = triage({ severity: 8, saddleNumbness: 'yes', safeNow: 'no', partnerViolence: 'yes' });
    const { body } = await post<Bundle>('/PlanDefinition/$assess', parameters(given('response', said)));
    expect(faultsOfR4(body)).toEqual([]);
    const isHidden = (resource: FhirResource | undefined) => resource?.meta?.security?.[0]?.code === 'R';
    const resources = body.entry?.flatMap(({ resource }) => resource ?? []) ?? [];
    expect(resources.filter((one) => isHidden(one as FhirResource)).map(({ resourceType }) => resourceType)).toEqual(
      expect.arrayContaining(['GuidanceResponse', 'RequestGroup', 'Parameters']),
    );
    const open = resources.filter((one) => !isHidden(one as FhirResource));
    expect(JSON.stringify(open)).not.toMatch(/violence|safeNow/i);
    const words = (list: unknown) => JSON.stringify(list).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'uuid');
    expect(words(open)).toBe(words(quiet.body.entry?.map(({ resource }) => resource)));
  });

  test('$populate by canonical and by id', async () => {
    const subject = { name: 'subject', valueReference: SUBJECT };
    const one = await post<Parameters>(
      '/Questionnaire/$populate',
      parameters({ name: 'canonical', valueCanonical: FORM }, subject),
    );
    const other = await post<Parameters>('/Questionnaire/back-pain-triage/$populate', parameters(subject));
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(other.body).toEqual(one.body);
    expect(faultsOfR4(one.body)).toEqual([]);
  });

  test('$extract and $validate take the response itself, too', async () => {
    const extracted = await post('/QuestionnaireResponse/$extract', emergency);
    const validated = await post<OperationOutcome>('/QuestionnaireResponse/$validate', emergency, 'application/json');
    expect([extracted.status, extracted.body.resourceType]).toEqual([200, 'Bundle']);
    expect([validated.status, validated.body.issue[0]?.diagnostics]).toEqual([200, 'No issues']);
    expect([...faultsOfR4(extracted.body), ...faultsOfR4(validated.body)]).toEqual([]);
  });
});

const questionnaire = { resourceType: 'Questionnaire', status: 'draft', item: [] };
const subject = { name: 'subject', valueReference: SUBJECT };
const chart = (...resources: object[]) =>
  given('chart', { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) });

type Bad = [what: string, path: string, body: unknown, status: number, says: RegExp];
const BAD: Bad[] = [
  ['no JSON', '/PlanDefinition/$assess', '{', 400, /not JSON/],
  ['a list', '/PlanDefinition/$assess', [], 400, /no Parameters/],
  ['a parameter without a name', '/PlanDefinition/$assess', parameters({}), 400, /parameter.0.name/],
  [
    'a parameter that is not known',
    '/PlanDefinition/$assess',
    parameters({ name: 'x', valueString: 'y' }),
    400,
    /not known/,
  ],
  ['nobody', '/PlanDefinition/$assess', parameters(), 400, /subject/],
  [
    'somebody who is no patient',
    '/PlanDefinition/$assess',
    parameters({ name: 'subject', valueReference: { reference: 'Group/1' } }),
    400,
    /subject/,
  ],
  [
    'a plan that is not served',
    '/PlanDefinition/$assess',
    parameters({ name: 'plan', valueCanonical: 'http://a/b' }, subject),
    404,
    /no such plan/,
  ],
  ['a plan that is not served', '/PlanDefinition/other/$assess', emergency, 404, /no such plan/],
  [
    'a resource of another type',
    '/PlanDefinition/$assess',
    parameters(given('response', { resourceType: 'Patient' })),
    400,
    /response: is no Quest/,
  ],
  [
    'a response that is none',
    '/PlanDefinition/$assess',
    parameters(given('response', { ...emergency, item: 7 })),
    400,
    /response\[0\]/,
  ],
  [
    'a chart entry that is none',
    '/PlanDefinition/$assess',
    parameters(subject, chart({ resourceType: 'Observation', code: 7 })),
    400,
    /chart\[0\].entry\[0\]/,
  ],
  [
    'a type that is not read',
    '/PlanDefinition/$assess',
    parameters(subject, { name: 'searched', valueCode: 'Device' }),
    400,
    /searched/,
  ],
  [
    'the Patient of somebody else',
    '/PlanDefinition/$assess',
    parameters(subject, chart({ resourceType: 'Patient', id: 'q' })),
    400,
    /not the subject/,
  ],
  ['no Questionnaire', '/Questionnaire/$populate', parameters(subject), 400, /canonical/],
  ['no subject', '/Questionnaire/back-pain-triage/$populate', parameters(), 400, /subject: is required/],
  ['a Questionnaire that is not served', '/Questionnaire/other/$populate', parameters(subject), 404, /no such Quest/],
  [
    'another version',
    '/Questionnaire/$populate',
    parameters(subject, { name: 'canonical', valueCanonical: `${FORM}|0.0.1` }),
    404,
    /no such Quest/,
  ],
  ['nothing', '/QuestionnaireResponse/$extract', parameters(), 400, /is required/],
  [
    'two of one',
    '/QuestionnaireResponse/$validate',
    parameters(given('resource', emergency), given('resource', emergency)),
    400,
    /is taken once/,
  ],
  [
    'a response that is not valid',
    '/QuestionnaireResponse/$extract',
    changed(emergency, (copy) => Object.assign(itemOf(copy, 'severity'), { answer: [{ valueInteger: 11 }] })),
    422,
    /severity is above 10/,
  ],
  ['an operation that is none', '/PlanDefinition/$run', emergency, 404, /no such operation/],
  ['an operation at the wrong level', '/QuestionnaireResponse/1/$extract', emergency, 404, /no such operation/],
  // Expressions of a request are not evaluated.
  [
    'a Questionnaire of its own',
    '/Questionnaire/$populate',
    parameters(subject, given('questionnaire', questionnaire)),
    422,
    /not evaluated/,
  ],
  [
    'a plan of its own',
    '/PlanDefinition/$assess',
    parameters(subject, given('planDefinition', { resourceType: 'PlanDefinition', status: 'draft' })),
    422,
    /not evaluated/,
  ],
  [
    'a Questionnaire inside a response',
    '/QuestionnaireResponse/$validate',
    { ...emergency, contained: [questionnaire], questionnaire: '#1' },
    422,
    /not evaluated/,
  ],
  [
    'a Questionnaire inside a response of the chart',
    '/PlanDefinition/$assess',
    parameters(subject, chart({ ...emergency, contained: [questionnaire] })),
    422,
    /not evaluated/,
  ],
  // Nobody is called.
  [
    'a data endpoint',
    '/PlanDefinition/$assess',
    parameters(subject, given('dataEndpoint', { resourceType: 'Endpoint' })),
    422,
    /No other server/,
  ],
  [
    'an endpoint by another name',
    '/PlanDefinition/$assess',
    parameters(subject, given('x', { resourceType: 'Endpoint' })),
    422,
    /No other server/,
  ],
  [
    'the address of an endpoint',
    '/PlanDefinition/$assess',
    parameters(subject, { name: 'terminologyEndpoint', valueUrl: 'http://169.254.169.254/' }),
    422,
    /No other server/,
  ],
  [
    'data of the server',
    '/Questionnaire/$populate',
    parameters(subject, { name: 'useServerData', valueBoolean: true }),
    422,
    /No other server/,
  ],
];

describe('when an operation gets', () => {
  test.each(BAD)('%s at %s then it says so, in FHIR', async (_what, path, body, status, says) => {
    const answer = await post<OperationOutcome>(path, body);
    expect([answer.status, answer.type]).toEqual([status, 'application/fhir+json; charset=utf-8']);
    expect(answer.body.issue.map(({ diagnostics }) => diagnostics).join('\n')).toMatch(says);
    expect(faultsOfR4(answer.body)).toEqual([]);
  });
});

test('bodies have the limits of the hooks', async () => {
  const small = await startService({ config: { bodyLimitBytes: 1_000 } });
  const ask = (body: string, type: string) =>
    fetch(`${small.base}/fhir-api/PlanDefinition/$assess`, { method: 'POST', headers: { 'content-type': type }, body });
  expect((await ask(JSON.stringify(emergency), 'application/fhir+json')).status).toBe(413);
  expect((await ask('{}', 'text/plain')).status).toBe(415);
  const deep = `${'{"a":'.repeat(70)}1${'}'.repeat(70)}`;
  expect((await ask(deep, 'application/fhir+json')).status).toBe(400);
  await small.close();
});

test('clients are trusted as at the hooks', async () => {
  const keys = ecKeys('key-1');
  const guarded = await startService({ config: trusting({ jwksFile: jwksFile(keys) }) });
  for (const path of ['/fhir-api/metadata', '/fhir-api/Questionnaire', '/fhir-api/PlanDefinition/$assess']) {
    const statusOf = async (headers: Record<string, string>) =>
      (await fetch(`${guarded.base}${path}`, { headers })).status;
    expect([path, await statusOf({})]).toEqual([path, 401]);
    // A token for another address is none.
    expect([path, await statusOf(bearer(tokenOf(keys, claimsFor('/cds-services'))))]).toEqual([path, 401]);
    expect([path, await statusOf(bearer(tokenOf(keys, claimsFor(path))))]).toEqual([
      path,
      path.includes('$') ? 400 : 200,
    ]);
  }
  await guarded.close();
});

test('other methods, types and parameters are refused', async () => {
  const remove = await fetch(`${service.base}/fhir-api/Questionnaire/back-pain-triage`, { method: 'DELETE' });
  expect([remove.status, remove.headers.get('allow')]).toEqual([405, 'GET, POST']);
  expect((await get('/Patient')).status).toBe(404);
  expect((await get('/Questionnaire/there-is-none')).status).toBe(404);
  expect((await get('/Questionnaire?date=2026')).status).toBe(400);
  expect((await get('/Questionnaire/$populate?canonical=x')).status).toBe(400);
  for (const name of ['__proto__', 'constructor', 'toString']) {
    expect((await get(`/${name}`)).status).toBe(404);
    expect((await get(`/Questionnaire/${name}`)).status).toBe(404);
    expect((await get(`/${name}/$${name}`)).status).toBe(404);
  }
});

test('a search finds what it names, whatever the case of strings', async () => {
  const idsFound = async (query: string) =>
    (await get<Bundle>(`/Questionnaire?${query}`)).body.entry?.map(({ resource }) => resource?.id) ?? [];
  expect(await idsFound('_id=back-pain-triage,order-facts')).toEqual(['back-pain-triage', 'order-facts']);
  expect(await idsFound(`url=${FORM}`)).toEqual(['back-pain-triage']);
  expect(await idsFound('name=backpain')).toEqual(['back-pain-triage']);
  expect(await idsFound('title=back%20pain&status=active')).toEqual([]);
  expect(await idsFound('title=back%20pain&status=draft&version=0.2.0')).toEqual(['back-pain-triage']);
  const { body } = await get<Bundle>('/Questionnaire?_id=back-pain-triage');
  const url = `${service.base}/fhir-api/Questionnaire`;
  expect(body.link).toEqual([{ relation: 'self', url: `${url}?_id=back-pain-triage` }]);
  expect(body.entry?.[0]).toMatchObject({ fullUrl: `${url}/back-pain-triage`, search: { mode: 'match' } });
});
