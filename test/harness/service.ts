/** The real service on a port of its own, with a clock that stands still. */
import type { AddressInfo } from 'node:net';
import pino, { type Logger } from 'pino';
import { createApp } from '../../src/app.ts';
import type { CdsResponse } from '../../src/cds-hooks/card.ts';
import type { ReplayMemory } from '../../src/cds-hooks/replay-memory.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { boundedServer, type TimeLimits } from '../../src/http/bounded-server.ts';
import { loadTopics } from '../../src/knowledge/load.ts';
import type { Topic } from '../../src/knowledge/topic.ts';

export type RunningService = {
  base: string;
  post: (path: string, body: unknown) => Promise<Response>;
  call: (hook: Record<string, unknown>, service?: string) => Promise<CdsResponse>;
  close: () => Promise<void>;
};

export type ServiceOptions = {
  now?: string;
  topics?: Topic[];
  config?: Partial<Config>;
  log?: Logger;
  replay?: ReplayMemory;
  limits?: TimeLimits;
};

/** Starts the service; `now` is what its clock shows. */
export async function startService({
  now = '2026-11-25T10:00:00Z',
  topics,
  config,
  log = pino({ level: 'silent' }),
  replay,
  limits,
}: ServiceOptions = {}): Promise<RunningService> {
  const app = await createApp({
    // The tests share a slow machine with the service: a long turn of its event loop is no overload.
    config: { ...readConfig({ DEMONSTRATION: 'false', OVERLOAD_LAG_MS: '60000' }, '.'), ...config },
    topics: topics ?? loadTopics('.'),
    clock: () => Date.parse(now),
    log,
    replay,
  });
  const server = boundedServer(app, limits);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post = (path: string, body: unknown) =>
    fetch(`${base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    base,
    post,
    call: async (hook, service = 'back-pain-in-pregnancy') => {
      const response = await post(`/cds-services/${service}`, hook);
      if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
      return (await response.json()) as CdsResponse;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
