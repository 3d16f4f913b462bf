/** Queries answered from resources that came along, as a FHIR server would answer them; what it cannot answer it says. */
import { codeKey, codingsOf } from '../fhir/codings.ts';
import { instantRange } from '../fhir/dates.ts';
import type { CodeableConcept, FhirResource } from '../fhir/types.ts';
import type { Query } from './plan.ts';
import type { QueryAnswer } from './plan-data.ts';

export type GivenData = {
  patientId: string;
  encounterId?: string | undefined;
  resources: FhirResource[];
  /** Types of which this is all there is. */
  complete: ReadonlySet<string>;
  zone: string;
};

const UNREAD: QueryAnswer = { resources: [], read: false };

/** Answers by key. A type of which nothing came along, and that is not said to be complete, was not read. */
export function answersFrom(queries: Query[], data: GivenData): Map<string, QueryAnswer> {
  return new Map(queries.map((query) => [query.key, answer(query, data)]));
}

function answer(
  { type, template }: Query,
  { resources, complete, patientId, encounterId, zone }: GivenData,
): QueryAnswer {
  const ofType = resources.filter((resource) => resource.resourceType === type);
  if (ofType.length === 0 && !complete.has(type)) return UNREAD;
  const [path = '', search] = template.split('?');
  if (search === undefined) {
    const id = path.endsWith('{{context.patientId}}') ? patientId : encounterId;
    const found = ofType.filter((resource) => resource.id === id);
    return { resources: found, read: found.length > 0 };
  }
  let found = ofType;
  for (const parameter of search.split('&')) {
    const [name = '', value = ''] = parameter.split('=');
    const next = narrowed(found, name, value, zone);
    if (!next) return UNREAD;
    found = next;
  }
  return { resources: found, read: true };
}

/** Whose they are is looked at with the rest of the evidence; a page is not all there is, so `_count` is not kept to. */
const NOT_NARROWING: ReadonlySet<string> = new Set(['patient', 'subject', '_count', 'encounter']);

/** @returns undefined for a parameter that is not known here */
function narrowed(resources: FhirResource[], name: string, value: string, zone: string): FhirResource[] | undefined {
  if (NOT_NARROWING.has(name)) return resources;
  const wanted = value.split(',');
  switch (name) {
    case 'code':
    case 'category':
      return resources.filter((resource) => conceptsOf(resource, name).some((concept) => isMet(concept, wanted)));
    case 'status':
      return resources.filter((resource) => 'status' in resource && wanted.includes(String(resource.status)));
    case '_sort':
      return sorted(resources, value, zone);
    default:
      return undefined;
  }
}

function conceptsOf(resource: FhirResource, name: 'code' | 'category'): CodeableConcept[] {
  const { code, category, medicationCodeableConcept, vaccineCode } = resource as unknown as Record<string, unknown>;
  const found = name === 'category' ? category : (code ?? medicationCodeableConcept ?? vaccineCode);
  return (Array.isArray(found) ? found : [found]).filter((concept) => typeof concept === 'object' && concept !== null);
}

/** `system|code`, or a code of any system. */
const isMet = (concept: CodeableConcept, wanted: string[]): boolean =>
  codingsOf(concept).some((coding) => wanted.includes(codeKey(coding)) || wanted.includes(coding.code ?? ''));

const DATES = ['effectiveDateTime', 'authored', 'authoredOn', 'onsetDateTime', 'performedDateTime', 'date', 'issued'];

/** By time, for any parameter that sorts by a date; others say nothing here. */
function sorted(resources: FhirResource[], by: string, zone: string): FhirResource[] | undefined {
  if (!/^-?(date|authored|authoredon|onset-date|_lastUpdated)$/.test(by)) return undefined;
  const timeOf = (resource: FhirResource) => {
    const date = DATES.map((name): unknown => Reflect.get(resource, name)).find((value) => typeof value === 'string');
    return instantRange(date as string | undefined, zone)?.from ?? Number.NEGATIVE_INFINITY;
  };
  const ascending = [...resources].sort((a, b) => timeOf(a) - timeOf(b));
  return by.startsWith('-') ? ascending.reverse() : ascending;
}
