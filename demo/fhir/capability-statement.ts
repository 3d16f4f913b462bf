import type {
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceSearchParam,
} from '@medplum/fhirtypes';
import { searchParametersOf } from './definitions.ts';
import { SERVED_TYPES, type ServedType } from './served-types.ts';

/** What this server can do, and nothing that it cannot: no history, no transactions, no SMART App Launch. */
export function capabilityStatement(baseUrl: string, date: Date): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    experimental: true,
    date: date.toISOString(),
    kind: 'instance',
    software: { name: 'pregnancy-back-pain-cds demonstration' },
    implementation: { description: 'Synthetic patients in memory; forgotten when the process ends.', url: baseUrl },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'application/json+fhir', 'application/json'],
    rest: [{ mode: 'server', documentation: 'Open to everyone; for demonstration only.', resource: resources() }],
  };
}

function resources(): CapabilityStatementRestResource[] {
  return SERVED_TYPES.map((type) => ({
    type,
    interaction: (['read', 'create', 'update', 'delete', 'search-type'] as const).map((code) => ({ code })),
    versioning: 'versioned',
    readHistory: false,
    updateCreate: true,
    conditionalCreate: true,
    conditionalDelete: 'not-supported',
    searchParam: searchParams(type),
  }));
}

function searchParams(type: ServedType): CapabilityStatementRestResourceSearchParam[] {
  return Object.values(searchParametersOf(type)).map(({ code, type: kind, url }) => ({
    name: code,
    type: kind,
    ...(url && { definition: url }),
  }));
}
