/** What was decided of one chart, as FHIR: what everybody may see, and apart from it what is confidential. */
import type { PreparedTopic } from '../call-service.ts';
import type { CardContext, CardSettings } from '../cards/card-context.ts';
import { findingsByLevel } from '../cards/selection.ts';
import type { Decision } from '../decision/decision.ts';
import type { Chart, Moment } from '../evidence/chart.ts';
import type { BundleEntry } from '../fhir/types.ts';
import { decisionAsFhir } from './decision-as-fhir.ts';

export type Decided = {
  prepared: PreparedTopic;
  chart: Chart;
  decision: Decision;
  moment: Moment;
  settings: CardSettings;
  newUuid: () => string;
};

/** One part, or two; each begins with its GuidanceResponse. */
export function decidedAsFhir({ prepared, chart, decision, moment, settings, newUuid }: Decided): BundleEntry[][] {
  const { topic } = prepared;
  const { results, level, failures } = decision.private;
  const { encounterId, patientId } = chart;
  const contact: CardContext['contact'] = { hook: '', resolutionsUnread: false, pending: [] };
  const context = { topic, decision, contact, moment, settings, encounterId, newUuid };
  const findings = decision.silent ? [] : findingsByLevel(topic, decision.results);
  const open: CardContext = { ...context, patientId, findings };
  const hidden: CardContext = {
    ...open,
    decision: { ...decision, results, level, failures, unanswered: [], notes: [], silent: false },
    findings: findingsByLevel(topic, results),
    isPrivate: true,
  };
  return [decisionAsFhir(open), ...(hidden.findings.length > 0 ? [decisionAsFhir(hidden)] : [])];
}
