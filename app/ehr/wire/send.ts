/** Every request of the page goes through here, and is written down. */
import type { OperationOutcome } from 'fhir/r4';
import { type Exchange, remember } from './journal.ts';

export type Outgoing = {
  purpose: string;
  url: URL | string;
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  type?: 'application/json' | 'application/fhir+json';
  signed?: { token: string; claims: Record<string, unknown> } | undefined;
};

const PATIENCE_MS = 15_000;

/** A server that answered and refused, or that did not answer. */
export class Refusal extends Error {
  readonly status: number;
  constructor(exchange: Exchange) {
    const [issue] = (exchange.response as OperationOutcome | undefined)?.issue ?? [];
    super(issue?.diagnostics ?? issue?.details?.text ?? `${exchange.purpose}: ${exchange.status || 'no answer'}`);
    this.status = exchange.status;
  }
}

/** @returns the answer, also when it is a refusal. @throws Refusal when nobody answers */
export async function exchange({ purpose, url, method = 'GET', body, type, signed }: Outgoing): Promise<Exchange> {
  const accepted = type ?? 'application/json';
  const begun = performance.now();
  const made = { purpose, method, url: String(url), claims: signed?.claims, request: body };
  const finished = (status: number, response: unknown): Exchange => {
    const done = { ...made, status, response, milliseconds: performance.now() - begun };
    remember(done);
    return done;
  };
  try {
    const response = await fetch(url, {
      method,
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        accept: accepted,
        ...(body !== undefined && { 'content-type': accepted }),
        ...(signed && { authorization: `Bearer ${signed.token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return finished(response.status, text === '' ? undefined : JSON.parse(text));
  } catch {
    throw new Refusal(finished(0, undefined));
  }
}

/** The same, for what must succeed. @throws Refusal */
export async function answered<Answer>(outgoing: Outgoing): Promise<Answer> {
  const done = await exchange(outgoing);
  if (done.status < 200 || done.status > 299) throw new Refusal(done);
  return done.response as Answer;
}
