/** `/metrics`: what is counted, for whom, and that no patient can be found in it (bar S3). */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EMERGENCY, KEYS, MILD, requestOf, SERVICE, SILENT, topics, withPrefetch } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { registered, type StubFhir, sendJson, startStub, typeOf } from '../harness/stub-fhir.ts';

const TOKEN = 'a-token-of-thirty-two-characters';
const SERVICE_LABEL = 'service="back-pain-in-pregnancy"';

let fhir: StubFhir;
let service: RunningService;
beforeAll(async () => {
  fhir = await startStub((response, path) =>
    typeOf(path) === 'Encounter'
      ? sendJson(response, {}, 500)
      : sendJson(response, { resourceType: 'Bundle', type: 'searchset', total: 0 }),
  );
  service = await startService({ topics, config: { adminToken: TOKEN, fhirServers: [registered(fhir.base)] } });
});
afterAll(async () => {
  for (const running of [service, fhir]) await running.close();
});

const ask = (token = TOKEN) => fetch(`${service.base}/metrics`, { headers: { authorization: `Bearer ${token}` } });

/** The value of a metric with exactly these labels, 0 when it was never counted. */
async function countOf(name: string, labels: string): Promise<number> {
  // What is counted after an answer is counted by the next turn of the event loop.
  const text = await (await ask()).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name}{${labels}} `));
  return Number(line?.split(' ').at(-1) ?? 0);
}

test('when the token is wrong or missing then nothing is told; where the site set none there is nothing', async () => {
  expect((await ask('another-token-of-thirty-two-char')).status).toBe(401);
  expect((await fetch(`${service.base}/metrics`)).status).toBe(401);
  const closed = await startService({ topics });
  expect((await fetch(`${closed.base}/metrics`)).status).toBe(404);
  await closed.close();
});

test('when the token is right then Prometheus can read it', async () => {
  const answer = await ask();
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(await answer.text()).toMatch(/^process_resident_memory_bytes \d+/m);
});

test('when calls are answered then they are counted by service, hook and public level, and so are their rules', async () => {
  const calls = () => countOf('cds_call_seconds_count', `${SERVICE_LABEL},hook="patient-view"`);
  const level = (name: string) => countOf('cds_decisions_total', `${SERVICE_LABEL},level="${name}"`);
  const open = () => countOf('cds_rules_open_count', SERVICE_LABEL);
  const before = [
    await calls(),
    await level('emergency'),
    await level('self-care'),
    await level('silent'),
    await open(),
  ];
  const { cards } = await service.call(requestOf(EMERGENCY));
  for (const person of [MILD, SILENT]) await service.call(requestOf(person));
  const after = [
    await calls(),
    await level('emergency'),
    await level('self-care'),
    await level('silent'),
    await open(),
  ];
  expect(after.map((value, at) => value - (before[at] ?? 0))).toEqual([3, 1, 1, 1, 3]);
  const fired = cards[0]?.extension['org.example.pregnancy-back-pain-cds'].fired ?? [];
  expect(fired.length).toBeGreaterThan(0);
  for (const rule of fired) {
    expect(await countOf('cds_rules_fired_total', `${SERVICE_LABEL},rule="${rule}"`)).toBeGreaterThan(0);
  }
});

test('when a call is refused then it is counted as a request with its status', async () => {
  const refused = () => countOf('cds_requests_total', 'route="/cds-services",method="POST",status="412"');
  const before = await refused();
  expect((await service.post(SERVICE, requestOf(EMERGENCY, { prefetch: {} }))).status).toBe(412);
  expect(await refused()).toBe(before + 1);
});

test('when paths and methods are made up then they make no new label', async () => {
  for (const path of ['/a/1', '/b/2', '/c/3']) await fetch(`${service.base}${path}`, { method: 'PROPFIND' });
  expect(await countOf('cds_requests_total', 'route="other",method="other",status="404"')).toBe(3);
});

test('when a FHIR server is asked then what it gave and what it did not is counted, and so is what stays unread', async () => {
  const counts = async () => [
    await countOf('cds_fhir_reads_total', 'outcome="read"'),
    await countOf('cds_fhir_reads_total', 'outcome="failed"'),
  ];
  const before = await counts();
  const call = { ...withPrefetch(requestOf(EMERGENCY), { encounters: undefined, procedures: undefined }) };
  await service.call({ ...call, fhirServer: fhir.base });
  const after = await counts();
  expect(after.map((value, at) => value - (before[at] ?? 0))).toEqual([1, 1]);
  expect(Object.keys(KEYS)).toEqual(expect.arrayContaining(['encounters', 'procedures']));
  expect(await countOf('cds_facts_unknown_total', `${SERVICE_LABEL},reason="not-asked"`)).toBeGreaterThan(0);
});

test('when confidential facts are answered then no number differs and nothing of the patient is in any', async () => {
  const revealed = { safeNow: 'no', partnerViolence: 'yes', selfHarmThoughts: 'yes', selfHarmPlan: 'yes' };
  const answers = { severity: 8, saddleNumbness: 'yes', ...revealed };
  const plain = requestOf(EMERGENCY);
  const revealing = requestOf({ ...EMERGENCY, form: { base: 'clear', answers } });
  const totals = async () => {
    const lines = (await (await ask()).text()).split('\n').filter((line) => /^cds_(?!call_seconds)/.test(line));
    return new Map(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]));
  };
  const grown = async (request: typeof plain) => {
    const before = await totals();
    const { cards } = await service.call(request);
    const after = await totals();
    const changed = [...after].filter(([name, value]) => !/waiting/.test(name) && value !== before.get(name));
    return { cards: cards.length, changed: changed.map(([name, value]) => [name, value - (before.get(name) ?? 0)]) };
  };
  await service.call(revealing);
  const [told, untold] = [await grown(revealing), await grown(plain)];
  expect(told.cards).toBe(untold.cards + 1);
  expect(told.changed).toEqual(untold.changed);
  expect(told.changed.length).toBeGreaterThan(2);
  const text = await (await ask()).text();
  expect(text).not.toContain(String(plain.context.patientId));
  expect(text).not.toMatch(/E16|S05/);
});
