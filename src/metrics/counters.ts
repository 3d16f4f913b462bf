/** Every metric, by its name (docs/operations.md "Metrics"). */
import type Prometheus from 'prom-client';
import type { Registry } from 'prom-client';

/** What is read when somebody asks: the state of the store, and how much of the knowledge is overdue for review. */
export type Reading = {
  database: 'ready' | 'lost';
  losses: number;
  cardsWaiting: number;
  cardsDropped: number;
  auditWaiting: number;
  auditDropped: number;
  knowledgeOverdue: number;
};

/** In seconds; an EHR waits for half a second. */
const LATENCY = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const RULES = [0, 1, 2, 5, 10, 20, 50];

export function counters(client: typeof Prometheus, registry: Registry, readNow: () => Reading) {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new client.Counter({ name, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, labelNames: Label[], buckets: number[]) =>
    new client.Histogram({ name, help, labelNames, buckets, registers });
  const gauge = (name: string, help: string, read: (now: Reading) => number) =>
    new client.Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(readNow()));
      },
    });
  gauge('cds_store_lost', 'Whether the database is lost: 1 or 0', ({ database }) => (database === 'lost' ? 1 : 0));
  gauge('cds_store_losses', 'How often the database was lost', ({ losses }) => losses);
  gauge('cds_cards_waiting', 'Issued cards that wait to be written', ({ cardsWaiting }) => cardsWaiting);
  gauge('cds_cards_dropped', 'Issued cards that were never written', ({ cardsDropped }) => cardsDropped);
  gauge('cds_audit_waiting', 'AuditEvents that wait to be written', ({ auditWaiting }) => auditWaiting);
  gauge('cds_audit_dropped', 'AuditEvents that were never written', ({ auditDropped }) => auditDropped);
  gauge('cds_knowledge_overdue', 'Plans past the end of their period', ({ knowledgeOverdue }) => knowledgeOverdue);
  return {
    requests: counter('cds_requests_total', 'Requests but answered calls', ['route', 'method', 'status']),
    calls: histogram('cds_call_seconds', 'Calls that were answered', ['service', 'hook'], LATENCY),
    decisions: counter('cds_decisions_total', 'Decisions by public level', ['service', 'level']),
    rulesFired: counter('cds_rules_fired_total', 'Public rules that fired', ['service', 'rule']),
    rulesOpen: histogram('cds_rules_open', 'Public rules left open by a decision', ['service'], RULES),
    factsUnknown: counter('cds_facts_unknown_total', 'Public facts unknown to decisions', ['service', 'reason']),
    expressionsFailed: counter('cds_expressions_failed_total', 'Conditions that could not be evaluated', ['service']),
    fhirReads: counter('cds_fhir_reads_total', 'Queries to FHIR servers of EHRs', ['outcome']),
    auditForwarded: counter('cds_audit_forwarded_total', 'AuditEvents handed on to AUDIT_FHIR_SERVER', ['outcome']),
    reloads: counter('cds_reloads_total', 'Reloads of knowledge and files (SIGHUP)', ['outcome']),
  };
}
