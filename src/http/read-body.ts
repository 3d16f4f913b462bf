/** The body of a request: JSON in UTF-8, of bounded size, depth and number, or refused (bar I4; conformance BAD-15, BIG). */
import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { Request, RequestHandler } from 'express';
import { ServiceError } from '../errors.ts';
import { faultOfJson, type JsonFault } from '../json/scan.ts';

type Inflate = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const INFLATE: Readonly<Record<string, Inflate>> = {
  gzip: promisify(gunzip) as Inflate,
  deflate: promisify(inflate) as Inflate,
  br: promisify(brotliDecompress) as Inflate,
};

/** Bodies that are being received may hold so many times the limit of one in all. */
const BODIES_AT_ONCE = 32;
const IN_UTF8 = '\\s*(?:;\\s*charset\\s*=\\s*"?utf-?8"?\\s*)?;?\\s*$';
const ONLY_JSON = new RegExp(`^application/json${IN_UTF8}`, 'i');
/** FHIR's own media type, and the general one. */
export const FHIR_JSON = new RegExp(`^application/(?:fhir\\+)?json${IN_UTF8}`, 'i');
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

const FAULTS: Record<JsonFault, ServiceError> = {
  'too-deep': new ServiceError('bad-request', 'The body is nested deeper than this service reads'),
  'too-many': new ServiceError('too-large', 'The body holds more than this service reads'),
  'said-twice': new ServiceError('bad-request', 'A member of the request, its context or its prefetch stands twice'),
};

/** Puts the parsed body into `request.body`. @param limitBytes of one body, inflated. @param types media types that are read */
export function readBody(limitBytes: number, types = ONLY_JSON): RequestHandler {
  const tooLarge = new ServiceError('too-large', 'The body is larger than this service reads');
  const overloaded = new ServiceError('overloaded', 'The service is busy');
  let held = 0;

  /** Everything that is sent, unless it is too much. */
  function receive(request: Request): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const settle = (act: () => void): void => {
        held -= bytes;
        bytes = 0;
        request.removeAllListeners('data').removeAllListeners('end').removeAllListeners('close');
        act();
      };
      request.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        held += chunk.length;
        chunks.push(chunk);
        if (bytes > limitBytes) settle(() => reject(tooLarge));
        else if (held > BODIES_AT_ONCE * limitBytes) settle(() => reject(overloaded));
      });
      request.on('end', () =>
        settle(() => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks))),
      );
      request.on('close', () => settle(() => reject(new ServiceError('bad-request', 'The body was cut off'))));
    });
  }

  async function inflated(request: Request, encoding: string): Promise<Buffer> {
    const bytes = await receive(request);
    if (encoding === 'identity') return bytes;
    try {
      return (await INFLATE[encoding]?.(bytes, { maxOutputLength: limitBytes })) ?? bytes;
    } catch (error) {
      const isBomb = (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
      throw isBomb ? tooLarge : new ServiceError('bad-request', 'The body is not compressed as it says');
    }
  }

  return async (request, _response, next) => {
    const encoding = encodingOf(request, types);
    // What is still on its way is let through unread, so that the client sees the answer.
    if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLarge;
    request.body = parse(await inflated(request, encoding));
    next();
  };
}

/** @throws ServiceError `body-not-supported` */
function encodingOf({ headers }: Request, types: RegExp): string {
  if (!types.test(headers['content-type'] ?? '')) {
    throw new ServiceError('body-not-supported', 'The body must be application/json in UTF-8');
  }
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding === 'identity' || Object.hasOwn(INFLATE, encoding)) return encoding;
  throw new ServiceError('body-not-supported', 'The content encoding is not supported');
}

function parse(received: Buffer): unknown {
  const bytes = received.subarray(0, 3).equals(BOM) ? received.subarray(3) : received;
  if (!isUtf8(bytes)) throw new ServiceError('bad-request', 'The body is not UTF-8');
  const fault = faultOfJson(bytes);
  if (fault !== undefined) throw FAULTS[fault];
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // The parser's own words quote the body.
    throw new ServiceError('bad-request', 'The body is not JSON');
  }
}
