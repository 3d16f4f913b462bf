/** Clients that hold a connection (bar R7; conformance ERR-1): cut off in time, and nobody else waits for them. */
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { boundedServer } from '../../src/http/bounded-server.ts';
import { EMERGENCY, levelOf, requestOf, SERVICE, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startService({ topics, limits: { headersMs: 300, requestMs: 600, checkEveryMs: 50 } });
});
afterEach(async () => {
  expect(levelOf((await service.call(requestOf(EMERGENCY))).cards)).toBe('emergency');
});
afterAll(() => service.close());

type Held = { socket: Socket; received: () => string; ended: Promise<number> };

/** Opens a connection and says only so much. */
function hold(text: string): Held {
  const started = performance.now();
  const { hostname, port } = new URL(service.base);
  const socket = connect(Number(port), hostname);
  let received = '';
  socket.on('data', (bytes) => {
    received += bytes;
  });
  socket.on('error', () => undefined);
  socket.write(text);
  const ended = new Promise<number>((resolve) => socket.once('close', () => resolve(performance.now() - started)));
  return { socket, received: () => received, ended };
}

const HEAD = `POST ${SERVICE} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`;

function expectOutcome(received: string, status: string): void {
  const [head = '', body = ''] = received.split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status}\r\n`));
  expect(head).toMatch(/content-type: application\/json/i);
  expect(JSON.parse(body)).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] });
}

test('when the limits are not changed then headers have 10 s and a request 15 s', () => {
  const { headersTimeout, requestTimeout, maxHeadersCount, maxConnections } = boundedServer();
  expect([headersTimeout, requestTimeout, maxHeadersCount]).toEqual([10_000, 15_000, 100]);
  expect(maxConnections).toBeLessThan(10_000);
});

describe('when a client is slow', () => {
  test('with its headers then it is cut off', async () => {
    const { received, ended, socket } = hold(HEAD);
    const drip = setInterval(() => socket.write('x-more: 1\r\n'), 40);
    expect(await ended).toBeLessThan(3_000);
    clearInterval(drip);
    expectOutcome(received(), '408 Request Timeout');
  });

  test('with its body then it is cut off', async () => {
    const { ended, socket } = hold(`${HEAD}content-length: 100000\r\n\r\n{`);
    const drip = setInterval(() => socket.write(' '), 40);
    expect(await ended).toBeLessThan(3_000);
    clearInterval(drip);
  });

  test('by the hundred then the others are answered meanwhile', async () => {
    const held = Array.from({ length: 200 }, (_, at) => hold(at % 2 ? HEAD : `${HEAD}content-length: 9\r\n\r\n{`));
    const started = performance.now();
    expect(levelOf((await service.call(requestOf(EMERGENCY))).cards)).toBe('emergency');
    expect(performance.now() - started).toBeLessThan(2_000);
    await Promise.all(held.map(({ ended }) => ended));
  });
});

describe('when headers are', () => {
  test('too large then 431', async () => {
    const { received, ended } = hold(`${HEAD}x-padding: ${'x'.repeat(20_000)}\r\n\r\n`);
    await ended;
    expectOutcome(received(), '431 Request Header Fields Too Large');
  });

  test('ten thousand then 431', async () => {
    const { received, ended } = hold(
      `${HEAD}${Array.from({ length: 10_000 }, (_, at) => `x-${at}: 1\r\n`).join('')}\r\n`,
    );
    await ended;
    expectOutcome(received(), '431 Request Header Fields Too Large');
  });

  test.each<[string, string]>([
    ['no HTTP', 'hello\r\n\r\n'],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['of two lengths', `${HEAD}content-length: 5\r\ncontent-length: 6\r\n\r\n`],
    ['of a length and chunks', `${HEAD}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['of a line that is broken', `${HEAD}x-odd\r\n\r\n`],
    ['without a host', `GET /cds-services HTTP/1.1\r\n\r\n`],
  ])('%s then 400', async (_, text) => {
    const { received, ended, socket } = hold(text);
    setTimeout(() => socket.end(), 200);
    await ended;
    expect(received()).toMatch(/^HTTP\/1.1 400 /);
  });
});

test('when a client goes away in the middle of its body then the service lives on', async () => {
  for (let at = 0; at < 20; at += 1) {
    const { socket, ended } = hold(`${HEAD}content-length: 1000\r\n\r\n{"hook":`);
    setTimeout(() => socket.destroy(), 20);
    await ended;
  }
});
