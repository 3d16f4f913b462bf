/** The knowledge that is served, by type: read, search, and look-up by canonical. */
import type { FhirResource, OperationDefinition, Questionnaire } from '../fhir/types.ts';

/** A resource with what canonical resources have in common. */
export type Canonical = FhirResource & {
  id?: string | undefined;
  url?: string | undefined;
  version?: string | undefined;
  name?: string | undefined;
  title?: string | undefined;
  status?: string | undefined;
};

export type Library = {
  types: string[];
  read: (type: string, id: string) => Canonical | undefined;
  all: (type: string) => Canonical[];
  /** Our Questionnaire of this canonical, whatever its version. */
  questionnaire: (canonical: string | undefined) => Questionnaire | undefined;
};

const TYPES = [
  'PlanDefinition',
  'Questionnaire',
  'ActivityDefinition',
  'Library',
  'StructureDefinition',
  'ValueSet',
  'ConceptMap',
  'CodeSystem',
  'OperationDefinition',
];

/** Sorts what is served. Resources without an id cannot be read, so they are left out. */
export function libraryOf(resources: FhirResource[], operations: OperationDefinition[]): Library {
  const byType = new Map<string, Map<string, Canonical>>(TYPES.map((type) => [type, new Map()]));
  for (const resource of [...resources, ...operations]) {
    if (resource.id !== undefined) byType.get(resource.resourceType)?.set(resource.id, resource as Canonical);
  }
  const all = (type: string) => [...(byType.get(type)?.values() ?? [])];
  const questionnaires = new Map(all('Questionnaire').map((one) => [one.url, one as Questionnaire]));
  return {
    types: TYPES.filter((type) => all(type).length > 0),
    read: (type, id) => byType.get(type)?.get(id),
    all,
    questionnaire: (canonical) => questionnaires.get(canonical?.split('|')[0]),
  };
}
