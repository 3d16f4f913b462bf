/** A token is used once (bar J5; conformance JWT-8). */
import { afterEach, expect, test } from '@jest/globals';
import pino from 'pino';
import type { ReplayMemory } from '../../src/cds-hooks/replay-memory.ts';
import { openStore } from '../../src/store/open-store.ts';
import { bearer, claimsFor, ecKeys, ISS, jwksFile, NOW, SECONDS, tokenOf, trusting } from '../harness/ehr.ts';
import { endpointsOf } from '../harness/endpoints.ts';
import { topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

const ec = ecKeys('key-1');
const keys = jwksFile(ec);
const ROUNDS = 100;
const running: RunningService[] = [];
afterEach(async () => {
  for (const service of running.splice(0)) await service.close();
});

async function start(replay?: ReplayMemory): Promise<RunningService> {
  const config = trusting({ jwksFile: keys }, { jwksFile: keys, issuer: 'https://other.example' });
  const choice = { database: { url: 'memory:', chosen: true }, retentionDays: 1 };
  const store = await openStore(choice, pino({ level: 'silent' }), () => Date.parse(NOW));
  const service = await startService({ topics, config, store: { ...store, ...(replay && { replayMemory: replay }) } });
  running.push({ ...service, close: () => service.close().then(store.close) });
  return service;
}

test('when one token comes fifty times at once then one is served, in every round', async () => {
  const [discovery] = endpointsOf(await start());
  for (let round = 0; round < ROUNDS; round += 1) {
    const token = tokenOf(ec, claimsFor(discovery.path));
    const answers = await Promise.all(Array.from({ length: 50 }, () => discovery.ask(bearer(token))));
    const statuses = answers.map(({ status }) => status);
    await Promise.all(answers.map((answer) => answer.text()));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(49);
  }
}, 120_000);

test('when one jti comes in another token of the issuer then it is refused, of another issuer it is served', async () => {
  const [discovery, call] = endpointsOf(await start());
  const ask = (changes: Record<string, unknown>, { path, ask: send } = discovery) =>
    send(bearer(tokenOf(ec, claimsFor(path, { jti: 'once', ...changes }))));
  expect((await ask({})).status).toBe(200);
  expect((await ask({ exp: SECONDS + 200 })).status).toBe(401);
  expect((await ask({}, call)).status).toBe(401);
  expect((await ask({ iss: 'https://other.example' })).status).toBe(200);
});

test('when a token is refused for another reason then its jti is not used up', async () => {
  const [discovery] = endpointsOf(await start());
  const ask = (changes: Record<string, unknown>) =>
    discovery.ask(bearer(tokenOf(ec, claimsFor(discovery.path, { jti: 'mine', ...changes }))));
  expect((await ask({ aud: 'https://elsewhere.example' })).status).toBe(401);
  expect((await ask({ exp: SECONDS - 100, iat: SECONDS - 200 })).status).toBe(401);
  expect((await ask({})).status).toBe(200);
});

test('when a memory is given then it is asked before the call is served, and told how long to remember', async () => {
  const asked: unknown[] = [];
  const [discovery] = endpointsOf(
    await start({
      remember: async (...about) => {
        asked.push(about);
        return 'seen';
      },
    }),
  );
  const token = tokenOf(ec, claimsFor(discovery.path, { jti: 'j' }));
  expect((await discovery.ask(bearer(token))).status).toBe(401);
  // Until the clock of the slowest replica has passed the end of the token.
  expect(asked).toEqual([[ISS, 'j', (SECONDS + 300 + 61) * 1_000]]);
});
