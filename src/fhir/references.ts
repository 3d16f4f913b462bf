/** References in the forms that chart data uses: relative, absolute, with a version, or none that can be read. */
import type { Reference } from './types.ts';

const TYPE_AND_ID = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/;

/** `Type/id` of a reference, without server and version; undefined when it cannot be read. */
export function typeAndId(reference: Reference | undefined): string | undefined {
  const match = TYPE_AND_ID.exec(reference?.reference ?? '');
  return match ? `${match[1]}/${match[2]}` : undefined;
}

/** The server of an absolute reference; undefined when it is relative. */
export function serverOf(reference: string): string | undefined {
  const match = TYPE_AND_ID.exec(reference);
  return match && match.index > 0 ? reference.slice(0, match.index) : undefined;
}

/** `Type/id` of a resource, or `Type` when it has no id. */
export function referenceTo(resource: { resourceType: string; id?: string | undefined }): string {
  return resource.id === undefined ? resource.resourceType : `${resource.resourceType}/${resource.id}`;
}
