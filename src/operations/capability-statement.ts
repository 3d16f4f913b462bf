/** `GET /metadata`: what the table of operations and the library really offer, and nothing else. */
import type { CapabilityStatement, CapabilityStatementRestResource } from '../fhir/types.ts';
import type { Library } from './library.ts';
import type { Operation } from './operation.ts';
import { canonicalOf } from './operation-definition.ts';
import { SEARCH_PARAMETERS } from './search.ts';

export type Statement = { library: Library; operations: readonly Operation[]; base: string; date: string };

/** @param url address of the API, as the client called it */
export function capabilityStatement({ library, operations, base, date }: Statement, url: string): CapabilityStatement {
  const types = [...new Set([...library.types, ...operations.map(({ resource }) => resource)])];
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    kind: 'instance',
    software: { name: 'pregnancy-back-pain-cds' },
    implementation: { description: 'Knowledge of a CDS Hooks service, and operations over its engine', url },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'application/json'],
    rest: [
      {
        mode: 'server',
        documentation: 'Results are transient: nothing that is sent is kept, and no other server is called.',
        security: { description: 'Clients are trusted as those of /cds-services are.' },
        resource: types.map((type) => resourceOf(type)),
      },
    ],
  };

  function resourceOf(type: string): CapabilityStatementRestResource {
    const offered = operations.filter(({ resource }) => resource === type);
    const isServed = library.types.includes(type);
    return {
      type: type as 'Questionnaire',
      ...(isServed && {
        interaction: [{ code: 'read' }, { code: 'search-type' }],
        searchParam: SEARCH_PARAMETERS.map((one) => ({ name: one.name, type: one.type })),
        documentation:
          'Read and search: `lang`, else Accept-Language, resolves translations. Search: `_count` and `_offset` give a page; a parameter that is not listed is refused, or left out with Prefer: handling=lenient. `_format`: JSON only.',
      }),
      ...(offered.length > 0 && {
        operation: offered.map((operation) => ({
          name: operation.code,
          definition: canonicalOf(operation, base),
          documentation: operation.description,
        })),
      }),
    };
  }
}
