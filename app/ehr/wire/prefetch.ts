/** Prefetch templates (CDS Hooks 2.0.1): tokens are filled from the context, each query is asked of the record. */
import type { FhirResource } from 'fhir/r4';
import { readFhir } from './fhir-server.ts';

export type Prefetch = { prefetch: Record<string, FhirResource>; unread: string[] };

/** What cannot be read is left out: the service decides what that means. */
export async function prefetched(
  templates: Record<string, string>,
  context: Record<string, unknown>,
): Promise<Prefetch> {
  const read = await Promise.all(
    Object.entries(templates).map(async ([key, template]) => {
      try {
        return [key, await readFhir(filled(template, context), `Prefetch “${key}”`)] as const;
      } catch {
        return [key, undefined] as const;
      }
    }),
  );
  return {
    prefetch: Object.fromEntries(read.flatMap(([key, resource]) => (resource ? [[key, resource]] : []))),
    unread: read.flatMap(([key, resource]) => (resource ? [] : [key])),
  };
}

/** @throws Error when the context lacks what the template asks for */
export function filled(template: string, context: Record<string, unknown>): string {
  return template.replaceAll(/\{\{\s*context\.(\w+)\s*\}\}/g, (token, field: string) => {
    const value = Object.hasOwn(context, field) ? context[field] : undefined;
    if (typeof value !== 'string') throw new Error(`${token} is not in this context`);
    return encodeURIComponent(value);
  });
}
