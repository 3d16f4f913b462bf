/** One GET of a JSON document from another server: no redirect followed, no more than so many bytes, nothing compressed. */
import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { faultOfJson } from '../json/scan.ts';

export type GetJson = {
  dispatcher: Dispatcher;
  headers: Record<string, string>;
  signal: AbortSignal;
  mostBytes: number;
  /** Told how many bytes were read. */
  onBytes?: (bytes: number) => void;
};

/** The server answered, and what it said is no use; `status` is 200 when the content was at fault. */
export class UselessAnswer extends Error {
  override readonly name = 'UselessAnswer';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json(?:\+[\w.-]+)?\s*(?:;|$)/i;
const OTHER_CHARSET = /;\s*charset\s*=\s*"?(?!utf-?8\b)/i;

/** @throws UselessAnswer, or what the network says */
export async function getJson(url: URL, options: GetJson): Promise<unknown> {
  const bytes = await received(url, options);
  options.onBytes?.(bytes.length);
  return parse(bytes);
}

/**
 * The bytes of the answer. Taken from the dispatcher itself: a stream and its iterator for each of ten answers cost
 * more than to read them.
 */
function received(
  { origin, pathname, search }: URL,
  { dispatcher, headers, signal, mostBytes }: GetJson,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let running: Dispatcher.DispatchController | undefined;
    const giveUp = () => {
      running?.abort(signal.reason);
      // While it waits for a connection there is nothing that could be ended.
      reject(signal.reason);
    };
    const settle = (act: () => void) => {
      signal.removeEventListener('abort', giveUp);
      act();
    };
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp);
    dispatcher.dispatch(
      { origin, path: `${pathname}${search}`, method: 'GET', headers },
      {
        onRequestStart: (controller) => {
          running = controller;
          if (signal.aborted) giveUp();
        },
        onResponseStart: (controller, status, answered) => {
          const fault = status < 200 ? undefined : faultOf(status, answered, mostBytes);
          if (fault) controller.abort(fault);
        },
        onResponseData: (controller, chunk) => {
          bytes += chunk.length;
          if (bytes > mostBytes) controller.abort(TOO_LARGE);
          else chunks.push(chunk);
        },
        onResponseEnd: () => settle(() => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks))),
        onResponseError: (_controller, error) => settle(() => reject(error)),
      },
    );
  });
}

const TOO_LARGE = new UselessAnswer(200, 'is too large');

/** Why the answer is no use, as far as its head says. */
function faultOf(status: number, headers: IncomingHttpHeaders, mostBytes: number): UselessAnswer | undefined {
  if (status !== 200) return new UselessAnswer(status, `answered ${status}`);
  const type = String(headers['content-type'] ?? '');
  if (!JSON_TYPE.test(type) || OTHER_CHARSET.test(type)) return new UselessAnswer(200, 'is not JSON in UTF-8');
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
    return new UselessAnswer(200, 'is compressed, which was not asked for');
  }
  return Number(headers['content-length'] ?? 0) > mostBytes ? TOO_LARGE : undefined;
}

function parse(bytes: Buffer): unknown {
  if (!isUtf8(bytes) || faultOfJson(bytes) !== undefined) throw new UselessAnswer(200, 'is not JSON that is read');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new UselessAnswer(200, 'is not JSON');
  }
}
