/** Missing keys are read from the EHR's FHIR server, if its base is registered (architecture section 4; bar S1, S2, S4). */
import { afterEach, describe, expect, test } from '@jest/globals';
import pino from 'pino';
import {
  EMERGENCY,
  type HookBody,
  KEYS,
  type Key,
  levelOf,
  requestOf,
  SERVICE,
  saidUnread,
  topics,
  withoutUuids,
  withPrefetch,
} from '../harness/requests.ts';
import { type RunningService, type ServiceOptions, startService } from '../harness/service.ts';
import {
  type Answering,
  registered,
  type StubFhir,
  sendJson,
  serving,
  startStub,
  typeOf,
} from '../harness/stub-fhir.ts';

const TOKEN = 'token-of-this-call-only';
const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const running of open.splice(0)) await running.close();
});

const full = requestOf(EMERGENCY);
const names = Object.keys(KEYS) as Key[];

async function stub(answer: Answering = serving(full.prefetch)): Promise<StubFhir> {
  const started = await startStub(answer);
  open.push(started);
  return started;
}

async function serviceFor(bases: string[], options: ServiceOptions = {}): Promise<RunningService> {
  const config = { fhirServers: bases.map(registered), fhirBudgetMs: 5_000 };
  const started = await startService({ topics, config, ...options });
  open.push(started);
  return started;
}

const reading = (fhirServer: string, prefetch: Record<string, unknown> = {}): HookBody => ({
  ...full,
  fhirServer,
  fhirAuthorization: {
    access_token: TOKEN,
    token_type: 'Bearer',
    expires_in: 300,
    scope: 'patient/*.read',
    subject: 's',
  },
  prefetch,
});

test('when nothing is prefetched then everything is read with the token given, and the cards are the same', async () => {
  const fhir = await stub();
  const service = await serviceFor([fhir.base]);
  expect(withoutUuids(await service.call(reading(fhir.base)))).toEqual(withoutUuids(await service.call(full)));
  expect(fhir.asked.map(({ url }) => typeOf(url.slice('/fhir/'.length))).sort()).toEqual(Object.values(KEYS).sort());
  for (const { authorization, accept } of fhir.asked) {
    expect(authorization).toBe(`Bearer ${TOKEN}`);
    expect(accept).toContain('application/fhir+json');
  }
});

test.each(['patient-view', 'encounter-start', 'encounter-discharge'])(
  'when nothing is prefetched at %s then everything is asked before anything is answered: one round, not two',
  async (hook) => {
    const answer = serving(full.prefetch);
    const waiting: (() => void)[] = [];
    let wanted = Number.POSITIVE_INFINITY;
    const fhir = await stub((response, path, base) => {
      waiting.push(() => answer(response, path, base));
      if (waiting.length === wanted) for (const release of waiting) release();
    });
    const service = await serviceFor([fhir.base]);
    const { services } = (await (await fetch(`${service.base}/cds-services`)).json()) as {
      services: { hook: string; prefetch: Record<string, string> }[];
    };
    wanted = Object.keys(services.find((one) => one.hook === hook)?.prefetch ?? {}).length;
    const { context, ...request } = reading(fhir.base);
    const { cards } = await service.call({ ...request, hook, context: { ...context, encounterId: 'case-encounter' } });
    expect([levelOf(cards), fhir.asked.length]).toEqual(['emergency', wanted]);
    expect(wanted).toBeGreaterThanOrEqual(10);
  },
);

test.each(names)('when only %s is missing then only it is read', async (name) => {
  const fhir = await stub();
  const service = await serviceFor([fhir.base]);
  for (const missing of [undefined, { resourceType: 'OperationOutcome', issue: [] }]) {
    const { cards } = await service.call(reading(fhir.base, withPrefetch(full, { [name]: missing }).prefetch));
    expect(levelOf(cards)).toBe('emergency');
    expect(saidUnread(cards)).toEqual([]);
  }
  expect(fhir.asked.map(({ url }) => typeOf(url.slice('/fhir/'.length)))).toEqual([KEYS[name], KEYS[name]]);
});

test('when a key is null or an empty Bundle then it is known to be empty and not read', async () => {
  const fhir = await stub();
  const service = await serviceFor([fhir.base]);
  await service.call(
    reading(fhir.base, { ...full.prefetch, conditions: null, encounters: { resourceType: 'Bundle' } }),
  );
  expect(fhir.asked).toEqual([]);
});

test('when queries are sent then they hold the id of the patient and no other data of hers', async () => {
  const fhir = await stub();
  const service = await serviceFor([fhir.base]);
  await service.call(reading(fhir.base));
  for (const { url } of fhir.asked) {
    expect(url).toContain('case-patient');
    expect(url).not.toMatch(/1996|female|Practitioner|token/);
  }
});

test('when no token is given then none is sent', async () => {
  const fhir = await stub();
  const service = await serviceFor([fhir.base]);
  const { fhirAuthorization, ...request } = reading(fhir.base);
  expect(levelOf((await service.call(request)).cards)).toBe('emergency');
  expect(fhir.asked.every(({ authorization }) => authorization === undefined)).toBe(true);
});

test('when the EHR writes its base with a slash at the end then it is the same server', async () => {
  const fhir = await stub();
  const service = await serviceFor([fhir.base]);
  expect(levelOf((await service.call(reading(`${fhir.base}/`))).cards)).toBe('emergency');
  expect(fhir.asked[0]?.url).toMatch(/^\/fhir\/[A-Z]/);
});

describe('when a base is not registered then it is never contacted', () => {
  test.each<[string, (base: string) => string]>([
    ['as it stands', (base) => base],
    ['another folder of a registered server', (base) => `${base}/../other`],
    ['a registered base with more behind it', (base) => `${base}/tenant`],
    ['with a user', (base) => base.replace('http://', 'http://registered@')],
    ['with a query', (base) => `${base}?x=`],
    ['with a fragment', (base) => `${base}#x`],
  ])('%s', async (_, change) => {
    const [fhir, ours] = [await stub(), await stub()];
    const service = await serviceFor([ours.base]);
    for (const base of [fhir.base, ours.base].map(change).filter((address) => address !== ours.base)) {
      expect((await service.post(SERVICE, reading(base))).status).toBe(412);
    }
    expect([...fhir.asked, ...ours.asked]).toEqual([]);
  });
});

test('when the server gives another Patient then the call is refused', async () => {
  const fhir = await stub(serving({ ...full.prefetch, patient: { resourceType: 'Patient', id: 'somebody-else' } }));
  const service = await serviceFor([fhir.base]);
  expect((await service.post(SERVICE, reading(fhir.base))).status).toBe(400);
});

test('when the log is at its most talkative then it holds neither the token nor anything of the patient', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line) => void lines.push(line) });
  const fhir = await stub();
  const service = await serviceFor([fhir.base], { log });
  const secret = JSON.parse(
    JSON.stringify(reading(fhir.base)).replaceAll('case-patient', 'secret-patient'),
  ) as HookBody;
  await service.post(SERVICE, secret);
  await service.post(SERVICE, { ...secret, prefetch: { patient: { resourceType: 'Patient', id: 'secret-patient' } } });
  await service.post(SERVICE, { ...secret, context: { ...secret.context, patientId: '?secret-patient' } });
  await service.post(SERVICE, { ...secret, fhirServer: 'http://127.0.0.1:1/secret-patient' });
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join('')).not.toMatch(new RegExp(`${TOKEN}|secret-patient|Practitioner|1996-02-03|127\\.0\\.0\\.1`));
});

test('when the server answers in XML on its own account then what it says is not read', async () => {
  const fhir = await stub(
    (response) => void response.writeHead(200, { 'content-type': 'application/xml' }).end('<a/>'),
  );
  const service = await serviceFor([fhir.base]);
  expect((await service.post(SERVICE, reading(fhir.base))).status).toBe(412);
  const { cards } = await service.call(reading(fhir.base, { patient: full.prefetch.patient }));
  expect(saidUnread(cards).length).toBeGreaterThan(0);
});

test('when a search ends in a read of one resource then it counts as that resource', async () => {
  const { entry } = full.prefetch.encounters as { entry: { resource: unknown }[] };
  const fhir = await stub((response) => sendJson(response, entry[0]?.resource));
  const service = await serviceFor([fhir.base]);
  const { cards } = await service.call(reading(fhir.base, withPrefetch(full, { encounters: undefined }).prefetch));
  expect(saidUnread(cards)).toEqual([]);
});
