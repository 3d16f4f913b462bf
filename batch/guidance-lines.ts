/** The answer for one patient as FHIR: a GuidanceResponse with everything it names inside, one a line. */
import { createHash } from 'node:crypto';
import type { Decision } from '../src/decision/decision.ts';
import type { Chart } from '../src/evidence/chart.ts';
import type { BundleEntry, FhirResource, GuidanceResponse, OperationOutcome } from '../src/fhir/types.ts';
import { decidedAsFhir } from '../src/operations/decided-as-fhir.ts';
import type { PatientBatch } from './assess-patient.ts';

/** What is confidential is a line of its own, with a security label: it can be kept apart. */
export function guidanceLines(batch: PatientBatch, chart: Chart, decision: Decision): FhirResource[] {
  const { prepared, moment, settings } = batch;
  let made = 0;
  // Of one length, so that none is the beginning of another.
  const newUuid = () => `part-${String(++made).padStart(4, '0')}`;
  const parts = decidedAsFhir({ prepared, chart, decision, moment, settings, newUuid });
  return parts.map((entries, part) => inOne(entries, idOf(batch, chart.patientId, part)));
}

/** She could not be assessed: that is said as an answer too. */
export function failureLine(batch: PatientBatch, patientId: string, error: string): FhirResource {
  const { topic } = batch.prepared;
  const outcome: OperationOutcome = {
    resourceType: 'OperationOutcome',
    id: 'outcome',
    issue: [{ severity: 'error', code: 'processing', diagnostics: error }],
  };
  return {
    resourceType: 'GuidanceResponse',
    id: idOf(batch, patientId, 0),
    contained: [outcome],
    moduleCanonical: `${topic.url}|${topic.version}`,
    status: 'failure',
    subject: { reference: `Patient/${patientId}` },
    occurrenceDateTime: new Date(batch.moment.now).toISOString(),
    evaluationMessage: [{ reference: '#outcome' }],
  };
}

function inOne(entries: BundleEntry[], id: string): FhirResource {
  const own = JSON.parse(JSON.stringify(entries).replaceAll('urn:uuid:part-', '#part-')) as BundleEntry[];
  const [guidance, ...others] = own;
  const contained = others.map(({ fullUrl = '', resource }) => {
    // FHIR dom-5: what is inside has no security label; that of the whole holds for it.
    const { meta: _, ...inner } = resource as FhirResource;
    return { ...inner, id: fullUrl.slice(1) } as FhirResource;
  });
  return { ...(guidance?.resource as GuidanceResponse), id, contained };
}

/** The same at every run of the same moment: who loads it twice has it once. */
function idOf({ prepared: { topic }, moment }: PatientBatch, patientId: string, part: number): string {
  const about = JSON.stringify([topic.url, topic.version, moment.now, patientId, part]);
  return createHash('sha256').update(about).digest('hex').slice(0, 32);
}
