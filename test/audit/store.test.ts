/** AuditEvents in the store, on every database and in memory: none is lost, none is told twice, old ones go. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { AuditEntry } from '../../src/cds-hooks/audited-call.ts';
import type { AuditEvent } from '../../src/fhir/types.ts';
import type { Store } from '../../src/store/open-store.ts';
import { onEachDatabase, openReplica } from '../harness/databases.ts';
import { requestOf, SERVICE, SILENT, topics } from '../harness/requests.ts';
import { startService } from '../harness/service.ts';
import { faultsOfR4 } from '../operations/r4.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-25T10:00:00Z');
const ALWAYS = { from: 0, until: NOW + 10 * DAY };
const CALLS = 600;

const anEvent = (recordedAt = NOW): AuditEntry => {
  const id = randomUUID();
  return { id, recordedAt, event: JSON.stringify({ resourceType: 'AuditEvent', id }) };
};

async function idsIn({ audit }: Store, period = ALWAYS): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of audit.read(period)) ids.push(...page.map(({ id }) => id));
  return ids;
}

function audits(url: () => string): void {
  test('when many calls come at once then each has its own valid event, read page by page in the order of time', async () => {
    const store = await openReplica(url());
    const service = await startService({ topics, store, config: { audit: true } });
    const body = JSON.stringify(requestOf(SILENT));
    const before = (await idsIn(store)).length;
    for (let at = 0; at < CALLS; at += 20) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => service.post(SERVICE, body)));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    }
    await service.close();
    await store.audit.flush();
    const entries: AuditEntry[] = [];
    for await (const page of store.audit.read(ALWAYS)) entries.push(...page);
    expect(entries).toHaveLength(before + CALLS);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    expect(entries.every(({ recordedAt }, at) => recordedAt >= (entries[at - 1]?.recordedAt ?? 0))).toBe(true);
    const parsed = entries.map(({ event }) => JSON.parse(event) as AuditEvent);
    expect(parsed.filter(({ id }, at) => id !== entries[at]?.id)).toEqual([]);
    expect(parsed.slice(0, 100).flatMap(faultsOfR4)).toEqual([]);
    await store.close();
  });

  test('when a period is read then its first and last millisecond are in it, and what is beside is not', async () => {
    const store = await openReplica(url(), { clock: () => NOW });
    const [from, until] = [NOW - 5 * DAY, NOW - 4 * DAY];
    const [before, first, last, after] = [from - 1, from, until - 1, until].map(anEvent) as [
      AuditEntry,
      AuditEntry,
      AuditEntry,
      AuditEntry,
    ];
    store.audit.remember([after, last, first, before]);
    await store.audit.flush();
    expect(await idsIn(store, { from, until })).toEqual([first.id, last.id]);
    await store.close();
  });

  test('when events are older than they are to be kept then they go, and cards may stay longer', async () => {
    const old = anEvent(NOW - 31 * DAY);
    const young = anEvent(NOW - 29 * DAY);
    const store = await openReplica(url(), { clock: () => NOW });
    store.audit.remember([old, young]);
    await store.close();
    const tidied = await openReplica(url(), { clock: () => NOW, retentionDays: 400, auditRetentionDays: 30 });
    if (url() === 'memory:') return tidied.close();
    // The tidying of the start.
    for (let tries = 0; tries < 50 && (await idsIn(tidied)).includes(old.id); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const kept = await idsIn(tidied);
    expect([kept.includes(old.id), kept.includes(young.id)]).toEqual([false, true]);
    await tidied.close();
  });

  test('when two replicas hand on then no event is claimed by both, and what one leaves is due again later', async () => {
    let now = NOW;
    const options = { clock: () => now, auditFhirServer: 'https://audit.example/fhir' };
    const store = await openReplica(url(), options);
    const other = url() === 'memory:' ? store : await openReplica(url(), options);
    const entries = Array.from({ length: 120 }, () => anEvent());
    store.audit.remember(entries);
    await store.audit.flush();
    const claims = await Promise.all([store, other, store, other].map(({ audit }) => audit.due.claim(40)));
    const claimed = claims.flat().map(({ id }) => id);
    expect(new Set(claimed).size).toBe(claimed.length);
    const rest = (await store.audit.due.claim(200)).map(({ id }) => id);
    expect([...claimed, ...rest].sort()).toEqual(entries.map(({ id }) => id).sort());
    await store.audit.due.settle(claimed.slice(0, 10));
    now += 59_999;
    expect(await other.audit.due.claim(200)).toEqual([]);
    now += 1;
    expect((await other.audit.due.claim(200)).map(({ id }) => id).sort()).toEqual(
      [...claimed.slice(10), ...rest].sort(),
    );
    expect(await store.audit.due.count()).toBe(110);
    await store.audit.due.settle([...claimed, ...rest]);
    expect(await store.audit.due.count()).toBe(0);
    await store.close();
    if (other !== store) await other.close();
  });

  test('when nothing is to be handed on then nothing is due', async () => {
    const store = await openReplica(url());
    store.audit.remember([anEvent()]);
    await store.audit.flush();
    expect(await store.audit.due.count()).toBe(0);
    await store.close();
  });
}

describe('memory', () => audits(() => 'memory:'));
onEachDatabase((database) => audits(() => database().url));
