/** Pages of other origins in a real browser (bar I6; conformance COR-1..5): a registered one may call, any other may not. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pino from 'pino';
import type { Browser } from 'playwright-core';
import type { Card } from '../../src/cds-hooks/card.ts';
import { chromiumFound, openBrowser, type Visit, visit } from '../harness/browser.ts';
import { bearer, claimsFor, ecKeys, jwksFile, tokenOf, trusting } from '../harness/ehr.ts';
import { acceptance, FEEDBACK } from '../harness/feedback.ts';
import { EMERGENCY, levelOf, requestOf, SERVICE, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { whenFound } from '../harness/when-found.ts';

const ec = ecKeys('key-1');
const DISCOVERY = '/cds-services';

/** A page of somebody else: an origin of its own. */
async function startPage(): Promise<{ server: Server; origin: string }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>an EHR</title>');
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

type Asked = { path: string; body?: unknown; mode?: 'cors' | 'no-cors'; type?: string };
type Answered = { status: number; body: Record<string, unknown> } | { refused: string };

whenFound('Chromium', chromiumFound, () => {
  const lines: string[] = [];
  let browser: Browser;
  let registered: { server: Server; origin: string };
  let strange: { server: Server; origin: string };
  let service: RunningService;
  beforeAll(async () => {
    [browser, registered, strange] = await Promise.all([openBrowser(), startPage(), startPage()]);
    service = await startService({
      topics,
      config: trusting({ jwksFile: jwksFile(ec), origins: [registered.origin] }),
      log: pino({ level: 'info' }, { write: (line) => void lines.push(line) }),
    });
  });
  afterAll(async () => {
    await browser.close();
    for (const { server } of [registered, strange]) await new Promise((resolve) => server.close(resolve));
    await service.close();
  });

  /** What a script of the page gets for a good request with a good token. */
  function ask({ page }: Visit, { path, body, mode = 'cors', type = 'application/json' }: Asked): Promise<Answered> {
    const headers = { ...bearer(tokenOf(ec, claimsFor(path))), ...(body !== undefined && { 'content-type': type }) };
    const init = { mode, headers, ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }) };
    return page.evaluate(
      async ([url, options]) => {
        try {
          const response = await fetch(url as string, options as RequestInit);
          return { status: response.status, body: (await response.json()) as Record<string, unknown> };
        } catch (error) {
          return { refused: String(error) };
        }
      },
      [service.base + path, init] as const,
    );
  }

  const answered = () => lines.filter((line) => line.includes('"msg":"answered"')).length;

  test('when a page of a registered origin asks with its token then discovery, call and feedback answer it', async () => {
    const there = await visit(browser, registered.origin);
    expect(await ask(there, { path: DISCOVERY })).toMatchObject({ status: 200, body: { services: expect.anything() } });
    const called = await ask(there, { path: SERVICE, body: requestOf(EMERGENCY) });
    if (!('body' in called)) throw new Error(called.refused);
    const cards = called.body.cards as Card[];
    expect([called.status, levelOf(cards)]).toEqual([200, 'emergency']);
    const feedback = [acceptance(cards[0] as Card)];
    expect(await ask(there, { path: FEEDBACK, body: { feedback } })).toEqual({ status: 200, body: {} });
    expect(there.complaints).toEqual([]);
    await there.close();
  });

  test('when it asks without a token then it is refused, and may read so', async () => {
    const there = await visit(browser, registered.origin);
    const status = await there.page.evaluate(async (url) => (await fetch(url)).status, service.base + DISCOVERY);
    expect(status).toBe(401);
    await there.close();
  });

  test.each<[string, () => string]>([
    ['of another port', () => strange.origin],
    ['of the same port by another name', () => registered.origin.replace('127.0.0.1', 'localhost')],
    ['without an origin', () => 'data:text/html,<title>nowhere</title>'],
  ])('when a page %s asks with a good token then it gets nothing, and nothing is decided for it', async (_, url) => {
    const there = await visit(browser, url());
    const before = answered();
    for (const asked of [
      { path: DISCOVERY },
      { path: SERVICE, body: requestOf(EMERGENCY) },
      { path: FEEDBACK, body: { feedback: [] } },
      // A request that a browser sends without asking first.
      { path: SERVICE, body: requestOf(EMERGENCY), mode: 'no-cors' as const, type: 'text/plain' },
    ]) {
      expect(await ask(there, asked)).toEqual({ refused: expect.any(String) });
    }
    expect(there.complaints.join()).toMatch(/blocked by CORS policy/);
    expect(answered()).toBe(before);
    await there.close();
  });
});
