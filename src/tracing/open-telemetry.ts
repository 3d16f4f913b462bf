/** Spans by OpenTelemetry, sent by OTLP over HTTP. Loaded only where a collector is named: it costs time and memory. */
import {
  type Context,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { readTraceparent, type StartSpan } from '../cds-hooks/trace.ts';

const SERVICE = 'pregnancy-back-pain-cds';
const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT } as const;
const DELAY_MS = 1_000;
const EXPORT_WITHIN_MS = 2_000;

export type Tracing = {
  start: StartSpan;
  /** Sends what is waiting, at most two seconds long. */
  stop: () => Promise<void>;
};

/** @param endpoint base of a collector that speaks OTLP over HTTP (OTEL_EXPORTER_OTLP_ENDPOINT) */
export function openTelemetry(endpoint: string): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: EXPORT_WITHIN_MS });
  const processor = new BatchSpanProcessor(exporter, {
    scheduledDelayMillis: DELAY_MS,
    exportTimeoutMillis: EXPORT_WITHIN_MS,
  });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': SERVICE }),
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer(SERVICE);
  return {
    start: (name, kind, parent) => {
      const span = tracer.startSpan(name, { kind: KINDS[kind] }, contextOf(parent));
      return {
        traceparent: headerOf(span.spanContext()),
        end: ({ failed, attributes = {} }) => {
          span.setAttributes(attributes);
          if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    stop: () => provider.shutdown().catch(() => undefined),
  };
}

function contextOf(parent: string | undefined): Context {
  const known = readTraceparent(parent);
  if (!known) return ROOT_CONTEXT;
  const { traceId, spanId, flags } = known;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: flags, isRemote: true });
}

const headerOf = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')}`;
