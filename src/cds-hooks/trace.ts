/** Traces (W3C Trace Context), without knowing who collects them. */

/** The `traceparent` header, version 00 or alike. A trace or a parent of zeros is none. */
const TRACEPARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

export type TraceParent = { traceId: string; spanId: string; flags: number };

/** The parts of a header; undefined when it is none: any other text is nobody's business. */
export function readTraceparent(header: unknown): TraceParent | undefined {
  const [, traceId, spanId, flags] = (typeof header === 'string' && TRACEPARENT.exec(header)) || [];
  return traceId && spanId && flags ? { traceId, spanId, flags: Number.parseInt(flags, 16) } : undefined;
}

/** A piece of work that somebody measures. Its attributes hold no patient data. */
type Span = {
  /** The header for what is done as a part of it. */
  traceparent: string;
  end: (outcome: { failed: boolean; attributes?: Record<string, string | number> }) => void;
};

/** @param parent the header of what it is a part of */
export type StartSpan = (name: string, kind: 'server' | 'client', parent: string | undefined) => Span;
