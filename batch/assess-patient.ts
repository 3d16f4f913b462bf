/** One patient through the use case of the hooks: the same core, the same answer. */
import { callService, type PreparedTopic } from '../src/call-service.ts';
import type { CardSettings } from '../src/cards/card-context.ts';
import { EXTENSION_NAME } from '../src/cds-hooks/card.ts';
import type { HookRequest } from '../src/cds-hooks/hook-request.ts';
import type { Decision } from '../src/decision/decision.ts';
import { ServiceError } from '../src/errors.ts';
import type { Chart, Moment } from '../src/evidence/chart.ts';
import type { FhirResource } from '../src/fhir/types.ts';
import { MEDICATION } from './medications.ts';

const HOOK = 'patient-view';

export type PatientBatch = {
  prepared: PreparedTopic;
  settings: CardSettings;
  strict: boolean;
  moment: Moment;
  read: ReadonlySet<string>;
};

/** What a line of the output says; `level` is that of the card for everybody. */
export type PatientLine = {
  patient: string;
  level?: string;
  gestation?: { min: number; max: number };
  cards?: Record<string, unknown>[];
  error?: string;
};

/** @property seen what was read and decided, when it came so far */
export type Assessed = { line: PatientLine; seen?: { chart: Chart; decision: Decision } };

/** Never throws: what one patient's data do must not end the run, and is said on her line. */
export async function assessPatient(batch: PatientBatch, id: string, resources: FhirResource[]): Promise<Assessed> {
  const { prepared, moment, settings, strict } = batch;
  let seen: Assessed['seen'];
  const observe = (chart: Chart, decision: Decision) => {
    seen = { chart, decision };
  };
  const environment = { moment, settings, strict, newUuid: () => '', observe, brief: true };
  try {
    const answer = await callService(prepared, requestOf(batch, id, resources), environment);
    const cards = answer.cards.map(({ summary, indicator, extension }) => {
      return { summary, indicator, ...extension[EXTENSION_NAME] };
    });
    const level = cards.find(({ confidential }) => !confidential)?.level;
    const dated = seen?.decision.gestation;
    const gestation = dated?.known ? { min: dated.min, max: dated.max } : undefined;
    const line = { patient: id, ...(level && { level }), ...(gestation && { gestation }), cards };
    return { line, ...(seen && { seen }) };
  } catch (error) {
    return { line: { patient: id, error: error instanceof ServiceError ? error.code : 'failed' } };
  }
}

/** What the export was not searched for is no answer; what is there of it still counts. */
function requestOf({ prepared, read }: PatientBatch, patientId: string, chart: FhirResource[]): HookRequest {
  const prefetch: Record<string, FhirResource> = {};
  // What orders and statements refer to comes with them, as a search includes it.
  const medications = chart.filter(({ resourceType }) => resourceType === MEDICATION);
  for (const { key, type } of prepared.needsAt.get(HOOK) ?? prepared.needs) {
    const found = chart.filter(({ resourceType }) => resourceType === type);
    const included = found.length > 0 && type.startsWith(MEDICATION) ? medications : [];
    const whole = read.has(type) && (type !== 'Patient' || found.length > 0);
    if (!whole && found.length === 0) continue;
    const link = whole ? {} : { link: [{ relation: 'next', url: 'urn:not-exported' }] };
    const entry = [...found, ...included].map((resource) => ({ resource }));
    prefetch[key] = { resourceType: 'Bundle', type: 'searchset', ...link, entry } as FhirResource;
  }
  const context = { userId: 'Device/batch', patientId };
  return { hook: HOOK, hookInstance: '00000000-0000-4000-8000-000000000000', context, prefetch } as HookRequest;
}
