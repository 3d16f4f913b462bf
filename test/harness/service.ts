/** The real service on a port of its own, with a clock that stands still. */
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import pino, { type Logger } from 'pino';
import { createApp } from '../../src/app.ts';
import type { CdsResponse } from '../../src/cds-hooks/card.ts';
import type { StartSpan } from '../../src/cds-hooks/trace.ts';
import { site as siteFile } from '../../src/config/site.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { resourcesIn } from '../../src/fhir/bundles.ts';
import type { FhirResource } from '../../src/fhir/types.ts';
import { boundedServer, type TimeLimits } from '../../src/http/bounded-server.ts';
import { applySite } from '../../src/knowledge/apply-site.ts';
import { loadTopics, readKnowledgeFiles } from '../../src/knowledge/load.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';

export type RunningService = {
  base: string;
  post: (path: string, body: unknown) => Promise<Response>;
  call: (hook: Record<string, unknown>, service?: string) => Promise<CdsResponse>;
  close: () => Promise<void>;
};

export type ServiceOptions = {
  now?: string;
  topics?: Topic[];
  shadowTopics?: Topic[];
  plans?: Plan[];
  /** What is served at /fhir-api, instead of the project's own knowledge. */
  resources?: FhirResource[];
  config?: Partial<Config>;
  /** Members of the site file. */
  site?: Record<string, unknown>;
  log?: Logger;
  store?: Store;
  before?: RequestHandler;
  limits?: TimeLimits;
  /** Folder of the built pages. */
  pagesDir?: string;
  startSpan?: StartSpan;
  isChecked?: () => boolean;
};

/** Starts the service; `now` is what its clock shows. `before` runs before it, as client authentication would. */
export async function startService({
  now = '2026-11-25T10:00:00Z',
  topics,
  shadowTopics,
  plans,
  resources,
  config,
  site,
  log = pino({ level: 'silent' }),
  store,
  before,
  limits,
  pagesDir,
  startSpan,
  isChecked,
}: ServiceOptions = {}): Promise<RunningService> {
  const memory = { database: { url: 'memory:', chosen: true }, retentionDays: 1 };
  const ownStore = store ?? (await openStore(memory, log, Date.now));
  const chosen = siteFile.parse(site ?? {});
  const app = await createApp({
    // The tests share a slow machine with the service: a long turn of its event loop is no overload.
    config: { ...readConfig({ DEMONSTRATION: 'false', OVERLOAD_LAG_MS: '60000' }, '.'), site: chosen, ...config },
    topics: applySite(topics ?? loadTopics('.'), chosen),
    resources: resources ?? readKnowledgeFiles('.').flatMap(({ resource }) => resourcesIn(resource)),
    shadowTopics,
    plans,
    clock: () => Date.parse(now),
    log,
    store: ownStore,
    startSpan,
    ...(isChecked && { isChecked }),
    ...(pagesDir !== undefined && { pagesDir }),
  });
  const server = boundedServer(before ? express().use(before, app) : app, limits);
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
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      if (!store) await ownStore.close();
    },
  };
}
