/** AuditEvents are handed on to a FHIR server until it has taken them, whatever dies in between (bar R11). */

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pino from 'pino';
import { forwardAudit } from '../../src/audit-delivery/forward-audit.ts';
import { openReplica, querySqlite, sqliteFound } from '../harness/databases.ts';
import { requestOf, SERVICE, SILENT } from '../harness/requests.ts';
import { type ServiceProcess, startProcess } from '../harness/service-process.ts';
import { whenFound } from '../harness/when-found.ts';

const TOKEN = 'the-token-of-the-audit-server';

/** A FHIR server that keeps what is PUT, and answers with the status it is told to. */
class AuditServer {
  readonly kept = new Map<string, { resourceType: string; id: string }>();
  readonly asked: { method: string; url: string; authorization: string | undefined }[] = [];
  status = 201;
  /** Statuses of single events, by the order in which they are asked. */
  readonly next: number[] = [];
  #server: Server | undefined;

  async listen(port = 0): Promise<number> {
    const server = createServer(async (request, response) => {
      const { method = '', url = '', headers } = request;
      let body = '';
      for await (const chunk of request) body += chunk;
      this.asked.push({ method, url, authorization: headers.authorization });
      const status = this.next.shift() ?? this.status;
      if (status < 300) this.kept.set(url, JSON.parse(body));
      response.writeHead(status).end();
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

let audit: AuditServer;
let port: number;
beforeEach(async () => {
  audit = new AuditServer();
  port = await audit.listen();
});
afterEach(() => audit.close());

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries += 1) {
    if (tries > 400) throw new Error('it does not come to hold');
    await delay(25);
  }
}

const body = JSON.stringify(requestOf(SILENT));
const call = async ({ base }: ServiceProcess) =>
  (await fetch(base + SERVICE, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;

whenFound('better-sqlite3', sqliteFound, () => {
  const folder = mkdtempSync(join(tmpdir(), 'forward-'));
  const file = join(folder, 'store.sqlite');
  const start = () =>
    startProcess({
      DATABASE_URL: `sqlite:${file}`,
      AUDIT_FHIR_SERVER: `http://127.0.0.1:${port}/fhir`,
      AUDIT_FHIR_TOKEN: TOKEN,
    });

  test('when the service is killed while the audit server is down then all events arrive after both are back, each once', async () => {
    await audit.close();
    const first = await start();
    for (let times = 0; times < 30; times += 1) expect(await call(first)).toBe(200);
    // Events are written a moment after their answers.
    await until(() => Number(querySqlite(file, 'select count(*) as events from audit_event')[0]?.events) === 30);
    await first.end('SIGKILL');
    await audit.listen(port);
    const second = await start();
    expect(await call(second)).toBe(200);
    await until(() => audit.kept.size >= 31);
    await delay(300);
    expect(await second.end('SIGTERM')).toBe(0);
    expect(audit.kept.size).toBe(31);
    for (const [url, { resourceType, id }] of audit.kept) {
      expect([url, resourceType]).toEqual([`/fhir/AuditEvent/${id}`, 'AuditEvent']);
    }
    expect(new Set(audit.asked.map(({ method, authorization }) => `${method} ${authorization}`))).toEqual(
      new Set([`PUT Bearer ${TOKEN}`]),
    );
    expect([...first.output, ...second.output].filter((line) => line.includes(TOKEN))).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);
});

const anEvent = (id: string) => ({ id, recordedAt: 1, event: JSON.stringify({ resourceType: 'AuditEvent', id }) });

async function forwarding(ids: string[]) {
  let now = 1_000;
  const store = await openReplica('memory:', { clock: () => now, auditFhirServer: 'any' });
  store.audit.remember(ids.map(anEvent));
  await store.audit.flush();
  const told: string[] = [];
  const lines: string[] = [];
  const stop = forwardAudit({
    base: `http://127.0.0.1:${port}`,
    due: store.audit.due,
    log: pino({}, { write: (line) => void lines.push(line) }),
    told: (outcome) => void told.push(outcome),
    lookEveryMs: 20,
  });
  const minuteLater = () => {
    now += 60_000;
  };
  return { store, told, lines, stop, minuteLater };
}

test.each([400, 422])(
  'when the server answers %i then the event is not sent again, and the others are',
  async (status) => {
    audit.next.push(201, status);
    const { store, told, lines, stop } = await forwarding(['a', 'b', 'c']);
    await until(async () => (await store.audit.due.count()) === 0);
    await stop();
    expect([...audit.kept.keys()].sort()).toEqual(['/AuditEvent/a', '/AuditEvent/c']);
    expect(told.sort()).toEqual(['refused', 'sent', 'sent']);
    expect(lines.filter((line) => line.includes('refuses an AuditEvent'))).toHaveLength(1);
    await store.close();
  },
);

test.each([401, 404, 429, 500, 503])(
  'when the server answers %i then the event is kept and sent later, and that is logged once',
  async (status) => {
    audit.status = status;
    const { store, told, lines, stop, minuteLater } = await forwarding(['a', 'b']);
    await until(() => told.length > 0);
    expect(await store.audit.due.count()).toBe(2);
    minuteLater();
    await until(() => told.length > 1);
    audit.status = 201;
    minuteLater();
    await until(async () => {
      minuteLater();
      return (await store.audit.due.count()) === 0;
    });
    await stop();
    expect([...audit.kept.keys()].sort()).toEqual(['/AuditEvent/a', '/AuditEvent/b']);
    expect(lines.filter((line) => line.includes('cannot be handed on'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('handed on again'))).toHaveLength(1);
    await store.close();
  },
);

test('when the service stops in the middle then nothing is settled that was not taken', async () => {
  const { store, stop } = await forwarding(['a']);
  await stop();
  const left = await store.audit.due.count();
  expect(left).toBe(audit.kept.has('/AuditEvent/a') ? 0 : 1);
  await store.close();
});
