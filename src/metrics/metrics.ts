/** What the service counts for its operators, as Prometheus reads it. No label holds or follows from a patient's data. */
import type { Decision } from '../decision/decision.ts';
import { counters, type Reading } from './counters.ts';

/** A request that no call answered. */
type EndedRequest = { route: string; method: string; status: number };

/** A call that was answered; `decision` of those that a topic decided. */
type AnsweredCall = { service: string; hook: string; milliseconds: number; decision?: Decision | undefined };

export type Metrics = {
  ended: (request: EndedRequest) => void;
  answered: (call: AnsweredCall) => void;
  /** One query to an EHR's FHIR server. */
  fhirRead: (outcome: 'read' | 'failed') => void;
  /** An AuditEvent was handed on, or was not. */
  auditForwarded: (outcome: 'sent' | 'refused' | 'failed') => void;
  /** The files were read anew. */
  reloaded: (outcome: 'loaded' | 'refused') => void;
  /** Absent where nobody may read them. */
  read?: (() => Promise<{ mediaType: string; text: string }>) | undefined;
};

/** Nothing is counted: nobody may look. */
export const NO_METRICS: Metrics = {
  ended: () => {},
  answered: () => {},
  fhirRead: () => {},
  auditForwarded: () => {},
  reloaded: () => {},
};

/** One of several processes, and how the numbers of all of them are had. */
type Worker = {
  number: number;
  shareMetrics: (own: () => Promise<object[]>) => NonNullable<Metrics['read']>;
};

/** Counts where somebody may look: where the site set a token, and in the demonstration. */
export const metricsOf = async (
  { adminToken, demonstration }: { adminToken: string | undefined; demonstration: boolean },
  read: () => Reading,
  worker?: Worker,
): Promise<Metrics> => (adminToken !== undefined || demonstration ? startMetrics(read, worker) : NO_METRICS);

/** Starts to count. The library is loaded only then: it costs a start a tenth of a second. */
async function startMetrics(read: () => Reading, worker: Worker | undefined): Promise<Metrics> {
  const client = await import('prom-client');
  const registry = new client.Registry();
  if (worker) registry.setDefaultLabels({ worker: `${worker.number}` });
  client.collectDefaultMetrics({ register: registry });
  const count = counters(client, registry, read);
  return {
    ended: ({ route, method, status }) => count.requests.inc({ route, method, status }),
    answered: ({ service, hook, milliseconds, decision }) => {
      count.calls.observe({ service, hook }, milliseconds / 1000);
      if (decision) countDecision(count, service, decision);
    },
    fhirRead: (outcome) => count.fhirReads.inc({ outcome }),
    auditForwarded: (outcome) => count.auditForwarded.inc({ outcome }),
    reloaded: (outcome) => count.reloads.inc({ outcome }),
    read: worker
      ? worker.shareMetrics(() => registry.getMetricsAsJSON())
      : async () => ({ mediaType: registry.contentType, text: await registry.metrics() }),
  };
}

/** Public findings only: what a confidential rule says is in no number (spec 0.3-9). */
function countDecision(count: ReturnType<typeof counters>, service: string, decision: Decision): void {
  const { silent, level, results, facts, failures } = decision;
  count.decisions.inc({ service, level: silent ? 'silent' : (level ?? 'none') });
  let open = 0;
  for (const { state, rule } of results) {
    if (state === 'fires') count.rulesFired.inc({ service, rule: rule.id });
    if (state === 'open') open += 1;
  }
  count.rulesOpen.observe({ service }, open);
  const unknown: Record<string, number> = {};
  facts.forEach(({ definition, value, unknown: why }) => {
    if (definition.confidential || value !== undefined) return;
    const reason = why ?? 'not-asked';
    unknown[reason] = (unknown[reason] ?? 0) + 1;
  });
  for (const [reason, facts] of Object.entries(unknown)) count.factsUnknown.inc({ service, reason }, facts);
  if (failures.length > 0) count.expressionsFailed.inc({ service }, failures.length);
}
