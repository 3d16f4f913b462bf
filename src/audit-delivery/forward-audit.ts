/**
 * Hands AuditEvents on to a FHIR server, from the store: what is there is sent until it was taken, whatever dies in
 * between. Each event is PUT under its own id, so that to send it twice is to send it once.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { AuditEntry } from '../cds-hooks/audited-call.ts';
import { outboundAgent } from '../outbound/agent.ts';
import { httpClient } from '../outbound/http-client.ts';

/** What the store has for whoever hands on. */
type Due = {
  claim: (limit: number) => Promise<AuditEntry[]>;
  settle: (ids: string[]) => Promise<void>;
};

export type ForwardAudit = {
  /** Base of the FHIR server. */
  base: string;
  /** Bearer token for it. */
  token?: string | undefined;
  due: Due;
  log: Logger;
  told: (outcome: Outcome) => void;
  /** Between two looks at the store, and before the first attempt after a failure, in milliseconds. */
  lookEveryMs?: number;
};

/** `refused` is never tried again: the server finds fault with the event. `failed` is. */
type Outcome = 'sent' | 'refused' | 'failed';

const AT_ONCE = 50;
const WITHIN_MS = 5_000;
const MOST_PAUSE_MS = 60_000;
/** The content is at fault, and will be tomorrow. */
const REFUSALS: ReadonlySet<number> = new Set([400, 409, 410, 412, 413, 415, 422]);

/** Starts. @returns ends it; what was not handed on is handed on after the next start */
export function forwardAudit(options: ForwardAudit): () => Promise<void> {
  const { due, log, told, lookEveryMs = 2_000 } = options;
  const stopped = new AbortController();
  const send = sender(options, stopped.signal);
  let failures = 0;

  /** @returns how many were claimed: none says nothing about the server. @throws why it does not take them */
  async function round(): Promise<number> {
    const events = await due.claim(AT_ONCE);
    const settled: string[] = [];
    let reason: string | undefined;
    for (const event of events) {
      const { outcome, why } = await send(event);
      told(outcome);
      if (outcome === 'refused')
        log.error({ why }, 'the audit server refuses an AuditEvent: it stays in the store only');
      if (outcome === 'failed') {
        reason = why;
        break;
      }
      settled.push(event.id);
    }
    if (settled.length > 0) await due.settle(settled);
    if (reason !== undefined) throw new Error(reason);
    return events.length;
  }

  const waitLonger = () => Math.min(MOST_PAUSE_MS, lookEveryMs * 2 ** Math.min(Math.max(failures - 1, 0), 10));

  async function work(): Promise<void> {
    while (!stopped.signal.aborted) {
      let pause = 0;
      try {
        const handed = await round();
        if (handed > 0 && failures > 0) log.warn('AuditEvents are handed on again');
        if (handed > 0) failures = 0;
        pause = handed === AT_ONCE ? 0 : waitLonger();
      } catch (error) {
        const why = (error as Error).message;
        if (failures === 0 && !stopped.signal.aborted) log.error({ why }, 'AuditEvents cannot be handed on');
        failures += 1;
        pause = waitLonger();
      }
      await delay(pause, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
    }
  }

  const ended = work();
  return async () => {
    stopped.abort();
    await ended;
  };
}

/** One PUT; it never throws. */
function sender({ base, token }: ForwardAudit, stopped: AbortSignal) {
  // The site's own setting names the server: it may stand on a network of its own.
  const dispatcher = outboundAgent(true);
  const headers = {
    'content-type': 'application/fhir+json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  return async ({ id, event }: AuditEntry): Promise<{ outcome: Outcome; why?: string }> => {
    try {
      const signal = AbortSignal.any([stopped, AbortSignal.timeout(WITHIN_MS)]);
      const options = { method: 'PUT' as const, dispatcher, headers, body: event, signal };
      const { statusCode, body } = await httpClient().request(`${base}/AuditEvent/${id}`, options);
      await body.dump();
      if (statusCode < 300) return { outcome: 'sent' };
      return { outcome: REFUSALS.has(statusCode) ? 'refused' : 'failed', why: `it answered ${statusCode}` };
    } catch (error) {
      const { code, name } = error as { code?: string; name?: string };
      return { outcome: 'failed', why: code ?? name ?? 'unknown failure' };
    }
  };
}
