/** More than can be done in time (bar R8): refused at once with 503 or 429 and Retry-After, and over when it is over. */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Config } from '../../src/config.ts';
import { bearer, claimsFor, ecKeys, jwksFile, tokenOf, trusting } from '../harness/ehr.ts';
import { EMERGENCY, levelOf, requestOf, SERVICE, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { registered, sendJson, startStub } from '../harness/stub-fhir.ts';

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const running of open.splice(0)) await running.close();
});

async function start(config: Partial<Config>): Promise<RunningService> {
  const service = await startService({ topics, config });
  open.push(service);
  return service;
}

async function expectBusy(response: Response, status: number): Promise<void> {
  expect(response.status).toBe(status);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await response.json()).toMatchObject({ resourceType: 'OperationOutcome' });
}

test('when as many calls wait for a FHIR server as may then one more is refused, and served when they are done', async () => {
  const waiting: (() => void)[] = [];
  const ehr = await startStub((response) => {
    waiting.push(() => sendJson(response, { resourceType: 'Bundle', type: 'searchset' }));
  });
  open.push(ehr);
  const service = await start({ maxConcurrentCalls: 3, fhirServers: [registered(ehr.base)], fhirBudgetMs: 20_000 });
  const { observations: _left, ...prefetch } = requestOf(EMERGENCY).prefetch;
  const slow = { ...requestOf(EMERGENCY), prefetch, fhirServer: ehr.base };
  const calls = [1, 2, 3].map(() => service.post(SERVICE, slow));
  while (waiting.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
  await expectBusy(await service.post(SERVICE, requestOf(EMERGENCY)), 503);
  expect((await fetch(`${service.base}/cds-services`)).status).toBe(200);
  expect((await fetch(`${service.base}/livez`)).status).toBe(200);
  for (const answer of waiting) answer();
  for (const call of calls) expect((await call).status).toBe(200);
  expect(levelOf((await service.call(requestOf(EMERGENCY))).cards)).toBe('emergency');
});

test('when calls are refused or cut off then they do not count as being answered', async () => {
  const service = await start({ maxConcurrentCalls: 1 });
  for (let at = 0; at < 5; at += 1) {
    expect((await service.post(SERVICE, '{')).status).toBe(400);
    expect((await service.post(SERVICE, {})).status).toBe(400);
    expect((await service.post('/cds-services/nobody', {})).status).toBe(404);
  }
  const aborted = new AbortController();
  const call = fetch(`${service.base}${SERVICE}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(requestOf(EMERGENCY)),
    signal: aborted.signal,
  });
  aborted.abort();
  await expect(call).rejects.toThrow();
  expect(levelOf((await service.call(requestOf(EMERGENCY))).cards)).toBe('emergency');
});

describe('when one client calls too often', () => {
  const ec = ecKeys('key-1');
  const keys = { jwksFile: jwksFile(ec) };
  const path = '/cds-services';

  test('then it is refused for a while, and another client is not', async () => {
    const service = await start({
      ...trusting(keys, { ...keys, issuer: 'https://other.example' }, { ...keys, tenant: 'north' }),
      rateLimitPerSecond: 2,
    });
    const ask = (changes = {}) =>
      fetch(`${service.base}${path}`, { headers: bearer(tokenOf(ec, claimsFor(path, changes))) });
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await ask()).status));
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(10);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(4);
    await expectBusy(await ask(), 429);
    expect((await ask({ iss: 'https://other.example' })).status).toBe(200);
    expect((await ask({ tenant: 'north' })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect((await ask()).status).toBe(200);
  });

  test('then tokens that are no good do not count for the issuer they name', async () => {
    const service = await start({ ...trusting(keys), rateLimitPerSecond: 1 });
    const forged = () =>
      fetch(`${service.base}${path}`, { headers: bearer(tokenOf(ecKeys('key-1'), claimsFor(path))) });
    for (let at = 0; at < 10; at += 1) expect((await forged()).status).toBe(401);
    const good = await fetch(`${service.base}${path}`, { headers: bearer(tokenOf(ec, claimsFor(path))) });
    expect(good.status).toBe(200);
  });
});
