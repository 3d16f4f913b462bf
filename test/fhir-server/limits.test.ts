/** Bounds on what is read from one FHIR server (bar R2): pages, parallel requests, and rest after failures. */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Bundle, FhirResource } from '../../src/fhir/types.ts';
import { circuitBreaker } from '../../src/fhir-server/circuit-breaker.ts';
import { fhirServers, type ReaderFor } from '../../src/fhir-server/fhir-servers.ts';
import { type Answering, registered, type StubFhir, sendJson, startStub } from '../harness/stub-fhir.ts';

const open: StubFhir[] = [];
afterEach(async () => {
  for (const stub of open.splice(0)) await stub.close();
});

async function start(answer: Answering, budgetMs = 5_000) {
  const stub = await startStub(answer);
  open.push(stub);
  const readerFor: ReaderFor = fhirServers(budgetMs);
  const reader = () => {
    const read = readerFor([registered(stub.base)], { fhirServer: stub.base });
    if (!read) throw new Error('not registered');
    return read;
  };
  return { stub, reader };
}

const bundle = (next: string | undefined): Partial<Bundle> => ({
  resourceType: 'Bundle',
  entry: [{ resource: { resourceType: 'Basic' } as FhirResource }],
  ...(next !== undefined && { link: [{ relation: 'next', url: next }] }),
});

describe('pages', () => {
  test('when there are ten then all are read', async () => {
    const { reader } = await start((response, path) => {
      const page = Number(/page=(\d+)/.exec(path)?.[1] ?? 0);
      sendJson(response, bundle(page < 9 ? `Basic?page=${page + 1}` : undefined));
    });
    const { entry, link } = (await reader()('Basic?x=1')) as Bundle;
    expect([entry?.length, link]).toEqual([10, []]);
  });

  test('when there are more then ten are read, and the link to the others is left', async () => {
    const { stub, reader } = await start((response, path) => {
      const page = Number(/page=(\d+)/.exec(path)?.[1] ?? 0);
      sendJson(response, bundle(`Basic?page=${page + 1}`));
    });
    const { entry, link } = (await reader()('Basic?x=1')) as Bundle;
    expect([entry?.length, link?.[0]?.relation, stub.asked.length]).toEqual([10, 'next', 10]);
  });

  test.each(['Basic?x=1', 'Basic?page=1', 'Basic?page=1#again'])(
    'when they lead back to one that was read (%s) then it is not read again',
    async (back) => {
      const { stub, reader } = await start((response, path) =>
        sendJson(response, bundle(path.includes('page=1') ? back : 'Basic?page=1')),
      );
      const { entry, link } = (await reader()('Basic?x=1')) as Bundle;
      expect([entry?.length, link?.[0]?.relation, stub.asked.length]).toEqual([2, 'next', 2]);
    },
  );
});

test('when a call has many queries then sixteen are asked at once, and the others after them', async () => {
  let running = 0;
  let most = 0;
  const { stub, reader } = await start((response) => {
    running += 1;
    most = Math.max(most, running);
    setTimeout(() => {
      running -= 1;
      sendJson(response, { resourceType: 'Basic' });
    }, 30);
  });
  const read = reader();
  await Promise.all(Array.from({ length: 20 }, (_, at) => read(`Basic/${at}`)));
  expect([most, stub.asked.length]).toEqual([16, 20]);
});

describe('a server that fails', () => {
  test('when five calls in a row failed then it is left alone', async () => {
    const { stub, reader } = await start((response) => void response.writeHead(503).end());
    for (let call = 0; call < 7; call += 1) {
      const read = reader();
      await Promise.allSettled([read('Basic/1'), read('Basic/2'), read('Basic/3')]);
    }
    expect(stub.asked).toHaveLength(15);
  });

  test('when it refuses single requests then it is asked again', async () => {
    const { stub, reader } = await start((response) => void response.writeHead(401).end());
    for (let call = 0; call < 8; call += 1) await reader()('Basic/1').catch(() => undefined);
    expect(stub.asked).toHaveLength(8);
  });

  test('when it has rested then one call tries, and if it answers all do', () => {
    let now = 0;
    const breaker = circuitBreaker(() => now);
    for (let failure = 0; failure < 4; failure += 1) breaker.failed();
    expect(breaker.mayAsk()).toBe(true);
    breaker.failed();
    expect(breaker.mayAsk()).toBe(false);
    now = 9_999;
    expect(breaker.mayAsk()).toBe(false);
    now = 10_000;
    expect([breaker.mayAsk(), breaker.mayAsk()]).toEqual([true, false]);
    breaker.failed();
    now = 19_999;
    expect(breaker.mayAsk()).toBe(false);
    now = 20_000;
    expect(breaker.mayAsk()).toBe(true);
    breaker.succeeded();
    expect([breaker.mayAsk(), breaker.mayAsk()]).toEqual([true, true]);
  });
});

test('when one request hangs then it takes no more than its share of the budget', async () => {
  const { reader } = await start(() => undefined, 500);
  const started = performance.now();
  await expect(reader()('Basic/1')).rejects.toThrow();
  expect(performance.now() - started).toBeLessThan(1_500);
});

test('when a call asks for nothing then its budget does not run', async () => {
  const { reader } = await start((response) => sendJson(response, { resourceType: 'Basic' }), 200);
  const read = reader();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await read('Basic/1')).toEqual({ resourceType: 'Basic' });
});

test.each(['../other/Basic/1', 'Basic/../../other', '..', '../../../etc/passwd', '%2e%2e/other', '..\\other'])(
  'when a query is %s then it is not asked: it leads out of the base',
  async (query) => {
    const { stub, reader } = await start((response) => sendJson(response, { resourceType: 'Basic' }));
    await expect(reader()(query)).rejects.toThrow();
    expect(stub.asked).toEqual([]);
  },
);
