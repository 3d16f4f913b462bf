/** Requests at every published hook: what is accepted, refused, and never leaks (REQ, PRE, ERR, BAD, BIG, PRO, PAT, FHS, TIM, LEAK, LIVE). */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { CdsResponse } from '../../src/cds-hooks/card.ts';
import type { Service } from '../../src/cds-hooks/service.ts';
import { sendRaw } from '../harness/raw-http.ts';
import { type HookBody, levelOf, SERVICE, topics, withoutUuids } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { registered, type StubFhir, startStub } from '../harness/stub-fhir.ts';
import { contextOf, hooks, requestsFor, services } from './hooks.ts';
import { proves, type Row } from './requirements.ts';

const TOKEN = 'token-that-nobody-may-see';
const OUTCOME = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] };
const EMPTY = { resourceType: 'Bundle', type: 'searchset', total: 0 };

let silent: StubFhir;
let service: RunningService;
let published: Service[];
beforeAll(async () => {
  silent = await startStub(() => undefined);
  service = await startService({ topics, config: { fhirServers: [registered(silent.base)], fhirBudgetMs: 100 } });
  published = await services(service);
});
afterAll(async () => {
  for (const running of [service, silent]) await running.close();
});

type Answer = { status: number; type: string; text: string };
async function send(
  body: unknown,
  headers: Record<string, string> = {},
  path = SERVICE,
  method = 'POST',
): Promise<Answer> {
  const response = await fetch(`${service.base}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'POST' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
}

/** ERR-1, ERR-2, LEAK-1, LEAK-2 hold for whatever is refused. */
function expectRefusal({ status, type, text }: Answer, statuses: number | number[]): void {
  expect([statuses].flat()).toContain(status);
  expect(type).toMatch(/^application\/json/);
  const { resourceType, issue } = JSON.parse(text);
  expect(resourceType).toBe('OperationOutcome');
  for (const { severity, code } of issue) expect([severity, typeof code]).toEqual(['error', 'string']);
  expect(text).not.toMatch(/node_modules|\bat \S+ \(|\.[jt]s:\d|\/(?:work|home|tmp|usr|root)\//);
  expect(text).not.toContain(TOKEN);
}

const without = (body: object, name: string) =>
  Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));
const rows = (...names: Row[]): string => names.map(proves).join('; ');

describe.each(hooks)('at %s', (hook) => {
  const [good = {} as HookBody] = requestsFor(hook);
  const keys = () => Object.keys(published.find((one) => one.hook === hook)?.prefetch ?? {});
  const all = (value: unknown) => Object.fromEntries(keys().map((key) => [key, value]));
  const authorized = {
    ...good,
    fhirServer: 'https://ehr.example/fhir',
    fhirAuthorization: { access_token: TOKEN, token_type: 'Bearer', expires_in: 300, scope: 's', subject: 's' },
  };
  let wanted: CdsResponse;
  beforeAll(async () => {
    wanted = await service.call(good);
  });
  afterEach(async () => {
    // LIVE-1, LIVE-2
    expect(await services(service)).toEqual(published);
    expect(withoutUuids(await service.call(good))).toEqual(withoutUuids(wanted));
  });

  test(proves('REQ-1'), async () => {
    expect((await send(good, { 'content-type': 'application/json; charset=utf-8' })).status).toBe(200);
  });

  test(rows('PRE-1', 'PRE-2'), async () => {
    for (const prefetch of [undefined, {}, all(OUTCOME)]) {
      expectRefusal(await send({ ...authorized, prefetch }), 412);
      expectRefusal(await send({ ...good, fhirServer: 'http://127.0.0.1:9/fhir', prefetch }), 412);
      expectRefusal(await send({ ...good, fhirServer: silent.base, prefetch }), 412);
    }
  });

  test(rows('PRE-3', 'PRE-5', 'PRE-6'), async () => {
    for (const key of keys()) {
      for (const prefetch of [without(good.prefetch, key), { ...good.prefetch, [key]: OUTCOME }]) {
        const { status, text } = await send({ ...good, prefetch });
        expect(status).toBe(200);
        // A form that was not read leaves no emergency; it is said all the same.
        const { cards } = JSON.parse(text) as CdsResponse;
        if (wanted.cards.length > 0) expect(cards.length).toBeGreaterThan(0);
      }
    }
  });

  test(rows('PRE-4', 'RSP-4'), async () => {
    for (const value of [null, EMPTY]) {
      expect((await send({ ...good, prefetch: all(value) })).status).toBe(200);
      for (const key of keys())
        expect((await send({ ...good, prefetch: { ...good.prefetch, [key]: value } })).status).toBe(200);
    }
  });

  test(rows('BAD-1..3', 'ERR-1', 'ERR-2'), async () => {
    for (const body of ['', '{', 'junk', '[]', '"text"', 'null', '5', JSON.stringify(good).slice(0, -1)]) {
      expectRefusal(await send(body), 400);
    }
  });

  test(proves('BAD-4..7'), async () => {
    for (const name of ['hook', 'hookInstance', 'context']) expectRefusal(await send(without(good, name)), 400);
  });

  test(proves('BAD-8'), async () => {
    expectRefusal(await send({ ...good, context: {} }), 400);
    for (const name of ['patientId', ...Object.keys(contextOf(hook))]) {
      expectRefusal(await send({ ...good, context: without(good.context, name) }), 400);
    }
  });

  test(proves('BAD-9'), async () => {
    for (const other of ['probe-probe', 'patient-View', '', 'order-dispatch']) {
      expectRefusal(await send({ ...good, hook: other }), 400);
    }
  });

  test(proves('BAD-10'), async () => {
    for (const hookInstance of ['call-1', '', `${good.hookInstance}0`])
      expectRefusal(await send({ ...good, hookInstance }), 400);
  });

  test(proves('BAD-11'), async () => {
    const odd: Record<string, unknown>[] = [
      { hook: 5 },
      { hookInstance: {} },
      { context: 'x' },
      { context: [] },
      { context: { ...good.context, patientId: 5 } },
      { context: { ...good.context, patientId: ['case-patient'] } },
      { prefetch: 'x' },
      { prefetch: [] },
      { prefetch: { ...good.prefetch, patient: 5 } },
      { fhirServer: 5 },
      { fhirAuthorization: 'x', fhirServer: 'https://ehr.example' },
      { extension: 'x' },
    ];
    for (const changes of odd) expectRefusal(await send({ ...good, ...changes }), 400);
  });

  test(proves('BAD-15'), async () => {
    for (const type of ['text/plain', 'application/xml', 'application/fhir+json', 'multipart/form-data; boundary=x']) {
      expectRefusal(await send(good, { 'content-type': type }), 415);
    }
  });

  test(proves('BIG-1'), async () => {
    expectRefusal(await send({ ...good, extension: { padding: 'x'.repeat(20_000_000) } }), 413);
  });

  test(proves('BIG-2'), async () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    expectRefusal(await send(deep), 400);
    expectRefusal(await send(JSON.stringify({ ...good, mark: 'HERE' }).replace('"HERE"', deep)), 400);
  });

  test(rows('PRO-1', 'PRO-2'), async () => {
    for (const name of ['__proto__', 'constructor']) {
      const body = JSON.stringify(good).replace('{', `{"${name}":{"prototype":{"polluted":1},"polluted":1},`);
      expect((await send(body)).status).toBe(200);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    }
  });

  test(proves('PAT-1'), async () => {
    const patient = { ...(good.prefetch.patient as object), id: 'somebody-else' };
    expectRefusal(await send({ ...good, prefetch: { ...good.prefetch, patient } }), 400);
    expectRefusal(await send({ ...good, context: { ...good.context, patientId: 'somebody-else' } }), 400);
  });

  test(proves('FHS-1'), async () => {
    for (const fhirServer of ['file:///etc/passwd', 'javascript:alert(1)', 'ehr', '']) {
      expectRefusal(await send({ ...good, fhirServer }), 400);
    }
  });

  test(proves('FHS-2'), async () => expectRefusal(await send(without(authorized, 'fhirServer')), 400));

  test(proves('TIM-1'), async () => {
    const started = performance.now();
    const [key = ''] = keys().filter((name) => name !== 'patient');
    const { status } = await send({ ...good, fhirServer: silent.base, prefetch: without(good.prefetch, key) });
    expect(status).toBe(200);
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test(rows('LEAK-1', 'LEAK-2', 'LIVE-1', 'LIVE-2'), async () => {
    const { status, text } = await send(authorized);
    expect([status, text.includes(TOKEN)]).toEqual([200, false]);
    expectRefusal(await send({ ...authorized, hook: TOKEN }), 400);
    expectRefusal(await send({ ...authorized, prefetch: { [TOKEN]: TOKEN } }), 400);
    if (wanted.cards.length > 0) expect(levelOf(wanted.cards)).toBeDefined();
  });
});

test(proves('BAD-12'), async () => {
  const [good] = requestsFor('patient-view');
  for (const id of ['nobody', '__proto__', 'constructor', 'toString', '..%2f', '%00']) {
    expectRefusal(await send(good, {}, `/cds-services/${id}`), 404);
  }
});

test(proves('BAD-13'), async () => {
  for (const path of [
    '/cds-services/%E0%A4%A',
    '/cds-services/..%2f..%2fetc%2fpasswd',
    '//cds-services',
    '/cds-services/a/b/c',
    '/%',
  ]) {
    const { status, headers, text } = await sendRaw(service.base, {
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expectRefusal({ status, type: String(headers['content-type']), text }, [400, 404]);
  }
});

test(proves('BAD-14'), async () => {
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) expectRefusal(await send('', {}, SERVICE, method), 405);
});
