/** The languages in which the served knowledge has words: what `Accept-Language` can be met with. */
import { extensionName } from '../fhir/extensions.ts';
import type { Extension, FhirResource } from '../fhir/types.ts';
import { AUTHORED } from './translate.ts';

/** The authored one first, so that it is the answer to a client that takes any. */
export function languagesOf(resources: FhirResource[]): string[] {
  const found = new Set([AUTHORED]);
  for (const resource of resources) visit(resource);
  return [...found];

  function visit(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    if ('url' in value && typeof value.url === 'string' && extensionName(value as Extension) === 'translation') {
      const [lang] = (value as Extension).extension?.filter(({ url }) => url === 'lang') ?? [];
      if (lang?.valueCode !== undefined) found.add(lang.valueCode);
    }
    for (const inner of Object.values(value)) visit(inner);
  }
}
