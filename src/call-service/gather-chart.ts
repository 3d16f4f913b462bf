/** Prefetch where usable, else the FHIR server, else unknown and said (conformance PRE-1..6; architecture section 4). */
import type { HookRequest } from '../cds-hooks/hook-request.ts';
import { ServiceError } from '../errors.ts';
import type { Chart } from '../evidence/chart.ts';
import type { ReadFhir } from '../fhir/read-fhir.ts';
import type { FhirResource } from '../fhir/types.ts';
import { type Content, contentOf, NOTHING } from './content.ts';
import { type DataNeed, needsEncounter, queryFor } from './data-needs.ts';

export type Answer = Content & { need: DataNeed };

/**
 * Gathers the chart.
 * @throws ServiceError `data-unavailable` when nothing at all could be had, `wrong-patient` when the Patient is another
 */
export async function gatherChart(needs: DataNeed[], request: HookRequest, readFhir?: ReadFhir): Promise<Chart> {
  const { patientId, encounterId } = request.context;
  const answers = await gatherAnswers(needs, request, readFhir);
  const resources = answers.flatMap((found) => found.resources);
  const read = new Set(answers.filter((found) => found.read).map(({ need }) => need.type));
  return { patientId, encounterId, server: request.fhirServer, resources, read };
}

/**
 * Answers needs one by one.
 * @throws ServiceError as `gatherChart`
 */
export async function gatherAnswers(needs: DataNeed[], request: HookRequest, readFhir?: ReadFhir): Promise<Answer[]> {
  const answers = await Promise.all(
    needs.map(async (need): Promise<Answer> => ({ need, ...(await answer(need, request, readFhir)) })),
  );
  if (answers.every(({ read, resources }) => !read && resources.length === 0)) {
    throw new ServiceError('data-unavailable', 'No prefetch was sent and no FHIR server could be read');
  }
  const patients = answers.filter(({ need }) => need.type === 'Patient').flatMap((found) => found.resources);
  if (patients.some(({ resourceType, id }) => resourceType !== 'Patient' || id !== request.context.patientId)) {
    throw new ServiceError('wrong-patient', 'prefetch.patient is not the Patient of context.patientId');
  }
  return answers;
}

async function answer(need: DataNeed, { prefetch, context }: HookRequest, readFhir?: ReadFhir): Promise<Content> {
  // A prefetch key is an own member of a parsed object; inherited names are no data.
  const prefetched = prefetch && Object.hasOwn(prefetch, need.key) ? prefetch[need.key] : undefined;
  if (prefetched === null) return { resources: [], read: true };
  const given = prefetched ? contentOf(prefetched as FhirResource, need.type) : NOTHING;
  const { patientId, encounterId } = context;
  // What the call does not name cannot be asked for.
  if (given.read || !readFhir || (encounterId === undefined && needsEncounter(need))) return given;
  try {
    const found = contentOf(await readFhir(queryFor(need, patientId, encounterId)), need.type);
    return found.read ? found : { resources: [...given.resources, ...found.resources], read: false };
  } catch {
    // Not swallowed: a need that was not read is said on the card, or is a 412.
    return given;
  }
}
