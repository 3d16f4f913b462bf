/** One GET of a JSON document from another server: no redirect followed, no more than so many bytes, nothing compressed. */
import { isUtf8 } from 'node:buffer';
import type { Dispatcher } from 'undici';
import { faultOfJson } from '../json/scan.ts';
import { httpClient } from './http-client.ts';

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
export async function getJson(
  url: URL,
  { dispatcher, headers, signal, mostBytes, onBytes }: GetJson,
): Promise<unknown> {
  const answer = await httpClient().request(url, { dispatcher, headers, signal });
  const { statusCode, body } = answer;
  try {
    if (statusCode !== 200) throw new UselessAnswer(statusCode, `answered ${statusCode}`);
    checkHeaders(answer.headers, mostBytes);
    const bytes = await read(body, mostBytes);
    onBytes?.(bytes.length);
    return parse(bytes);
  } finally {
    // What was not read is not waited for.
    if (!body.readableEnded) body.on('error', () => undefined).destroy();
  }
}

function checkHeaders(headers: Dispatcher.ResponseData['headers'], mostBytes: number): void {
  const type = String(headers['content-type'] ?? '');
  if (!JSON_TYPE.test(type) || OTHER_CHARSET.test(type)) throw new UselessAnswer(200, 'is not JSON in UTF-8');
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
    throw new UselessAnswer(200, 'is compressed, which was not asked for');
  }
  if (Number(headers['content-length'] ?? 0) > mostBytes) throw new UselessAnswer(200, 'is too large');
}

async function read(body: AsyncIterable<Buffer>, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new UselessAnswer(200, 'is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parse(bytes: Buffer): unknown {
  if (!isUtf8(bytes) || faultOfJson(bytes) !== undefined) throw new UselessAnswer(200, 'is not JSON that is read');
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new UselessAnswer(200, 'is not JSON');
  }
}
