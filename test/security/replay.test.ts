/** A token is used once (bar J5; conformance JWT-8). */
import { afterEach, expect, test } from '@jest/globals';
import type { ReplayMemory } from '../../src/cds-hooks/replay-memory.ts';
import { replayMemoryInProcess } from '../../src/client-trust/replay-memory.ts';
import { bearer, claimsFor, ecKeys, ISS, jwksFile, SECONDS, tokenOf, trusting } from '../harness/ehr.ts';
import { endpointsOf } from '../harness/endpoints.ts';
import { topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

const ec = ecKeys('key-1');
const keys = jwksFile(ec);
const running: RunningService[] = [];
afterEach(async () => {
  for (const service of running.splice(0)) await service.close();
});

async function start(replay?: ReplayMemory): Promise<RunningService> {
  const config = trusting({ jwksFile: keys }, { jwksFile: keys, issuer: 'https://other.example' });
  const service = await startService({ topics, config, ...(replay && { replay }) });
  running.push(service);
  return service;
}

test('when one token comes fifty times at once then one is served, in every round', async () => {
  const [discovery] = endpointsOf(await start());
  for (let round = 0; round < 20; round += 1) {
    const token = tokenOf(ec, claimsFor(discovery.path));
    const answers = await Promise.all(Array.from({ length: 50 }, () => discovery.ask(bearer(token))));
    const statuses = answers.map(({ status }) => status);
    await Promise.all(answers.map((answer) => answer.text()));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 401)).toHaveLength(49);
  }
});

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

test('when tokens have expired then the memory forgets them, and no others', async () => {
  let now = 0;
  const memory = replayMemoryInProcess(() => now);
  await memory.remember('iss', 'stays', 1_000_000);
  for (let at = 0; at < 9_999; at += 1) await memory.remember('iss', `gone-${at}`, 100);
  now = 200;
  await memory.remember('iss', 'sweeps', 1_000_000);
  expect(await memory.remember('iss', 'gone-1', 1_000_000)).toBe('new');
  expect(await memory.remember('iss', 'stays', 1_000_000)).toBe('seen');
  expect(await memory.remember('is', 'sstays', 1_000_000)).toBe('new');
});
