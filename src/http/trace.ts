/** The trace that a request belongs to (W3C Trace Context): for log lines, and for the reads that it causes. */
import type { Request } from 'express';

/** Version 00; later versions begin alike. A trace or a parent of zeros is none. */
const TRACEPARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The header as it came, where it is one; any other text is nobody's business. */
export function traceparentOf({ headers }: Request): string | undefined {
  const { traceparent } = headers;
  return typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? traceparent : undefined;
}

/** The id of its trace. */
export const traceIdOf = (request: Request): string | undefined => TRACEPARENT.exec(traceparentOf(request) ?? '')?.[1];
