/** The drafts of an order hook, with the Medications that they refer to. */
import type { HookRequest } from '../cds-hooks/hook-request.ts';
import type { Chart } from '../evidence/chart.ts';
import { resourcesIn } from '../fhir/bundles.ts';
import type { ReadFhir } from '../fhir/read-fhir.ts';
import type { FhirResource } from '../fhir/types.ts';
import type { OrderTerms } from '../knowledge/order-terms.ts';
import type { Drafts } from '../orders/draft.ts';
import { missingMedications, readDrafts } from '../orders/read-drafts.ts';

/** Reads the drafts; a Medication that is nowhere at hand is asked for, and without it the drug is not recognised. */
export async function gatherDrafts(
  { context, prefetch, hook }: HookRequest,
  chart: Chart,
  terms: OrderTerms,
  readFhir?: ReadFhir,
): Promise<Drafts> {
  const sent = Object.values(prefetch ?? {}).flatMap((found) => (found ? resourcesIn(found as FhirResource) : []));
  const others = [...chart.resources, ...sent];
  const missing = readFhir ? missingMedications(context, others) : [];
  const read = await Promise.all(missing.map((reference) => readFhir?.(reference).catch(() => undefined)));
  // At order-sign everything is about to be signed: nothing is newer than the rest.
  const selections = hook === 'order-select' ? context.selections : undefined;
  return readDrafts({ ...context, selections }, [...others, ...read], terms);
}
