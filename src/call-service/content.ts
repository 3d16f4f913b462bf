/** What an answer holds: the resources that can be read, and whether that is all there is (conformance PRE-4..6). */
import { resourcesIn } from '../fhir/bundles.ts';
import type { FhirResource } from '../fhir/types.ts';
import { isWellFormed } from './envelope.ts';

/** `read` is false when something is missing: what is there still counts, what is not there is not "none". */
export type Content = { resources: FhirResource[]; read: boolean };

/** A key that was not sent, or a server that did not answer. */
export const NOTHING: Content = { resources: [], read: false };

/** Opens a prefetch value or a search result. @param type the type that was asked for */
export function contentOf(found: FhirResource, type: string): Content {
  const isBundle = found.resourceType === 'Bundle';
  if (!isBundle && found.resourceType !== type) return NOTHING;
  if (isBundle && !Array.isArray(found.entry ?? [])) return NOTHING;
  const all = resourcesIn(found);
  const resources = all.filter(isWellFormed);
  const whole = !isBundle || (!hasNextPage(found.link) && (found.entry ?? []).every(isAnswered));
  return { resources, read: whole && resources.length === all.length };
}

/** An entry that holds nothing, or says that the search failed, is no empty answer (spec 0.2). */
function isAnswered(entry: unknown): boolean {
  const resource = (entry as { resource?: unknown } | null)?.resource;
  if (typeof resource !== 'object' || resource === null) return false;
  const { resourceType, issue } = resource as { resourceType?: unknown; issue?: unknown };
  if (resourceType !== 'OperationOutcome') return true;
  return Array.isArray(issue) && !issue.some((one) => one?.severity === 'error' || one?.severity === 'fatal');
}

function hasNextPage(link: unknown): boolean {
  return Array.isArray(link) && link.some((entry) => entry?.relation === 'next');
}
