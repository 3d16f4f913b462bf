/** What a plan is applied to, under the same hygiene as facts: this patient's resources, in statuses that count. */
import type { Moment } from '../evidence/chart.ts';
import type { SetAsideReason } from '../evidence/fact.ts';
import { ownerOf } from '../evidence/ownership.ts';
import { usability } from '../evidence/usable.ts';
import { codingsOf } from '../fhir/codings.ts';
import { referenceTo } from '../fhir/references.ts';
import type { Bundle, CodeableConcept, FhirResource } from '../fhir/types.ts';
import type { ParameterName } from './names.ts';
import type { Definition, Query } from './plan.ts';

/** What a query gave; `read` is false when that is not all there is. */
export type QueryAnswer = { resources: FhirResource[]; read: boolean };

export type PlanData = {
  patientId: string;
  encounterId?: string | undefined;
  /** Base of the server that the ids belong to, when it is known. */
  server?: string | undefined;
  /** By key of the query. */
  answers: ReadonlyMap<string, QueryAnswer>;
  /** What `$apply` was given beside the subject; a name that is not given is unknown. */
  parameters: Partial<Record<ParameterName, unknown>>;
  moment: Moment;
};

/** A resource that was not used, and why: preliminary and unfinished ones are, for no expression can weigh them. */
export type NotUsed = { reference: string; reason: SetAsideReason };

export type ReadQueries = {
  /** The usable resources of a query; undefined when it was not read: nothing found is not known. */
  usable: (query: Query) => FhirResource[] | undefined;
  notUsed: NotUsed[];
  /** Types that some query asked for in vain. */
  unread: string[];
};

/** Sorts the answers once. */
export function readQueries(queries: Query[], data: PlanData): ReadQueries {
  const resources = [...data.answers.values()].flatMap((answer) => answer.resources);
  const owner = ownerOf({ patientId: data.patientId, server: data.server, resources, read: new Set() });
  const notUsed = new Map<string, NotUsed>();
  const byKey = new Map<string, FhirResource[]>();
  const unread = new Set<string>();
  for (const { key, type } of queries) {
    const answer = data.answers.get(key);
    if (!answer?.read) unread.add(type);
    else
      byKey.set(
        key,
        answer.resources.filter((resource) => resource.resourceType === type && isUsable(resource)),
      );
  }
  return { usable: ({ key }) => byKey.get(key), notUsed: [...notUsed.values()], unread: [...unread] };

  function isUsable(resource: FhirResource): boolean {
    const found = usability(resource, owner);
    if (found === 'all') return true;
    const reference = referenceTo(resource);
    notUsed.set(reference, { reference, reason: found === 'positives-only' ? 'status' : found });
    return false;
  }
}

/** The value of a data fact: the resources themselves, a resource that was read, or a Bundle. */
export function dataValue({ query, list, codes }: Definition & { kind: 'data' }, resources: FhirResource[]): unknown {
  const wanted = codes ? resources.filter((resource) => hasCode(resource, codes)) : resources;
  if (list) return wanted;
  if (!query.template.includes('?')) return wanted[0] ?? [];
  const bundle: Bundle = { resourceType: 'Bundle', type: 'searchset', entry: wanted.map((resource) => ({ resource })) };
  return bundle;
}

/** A code without a system is met by any system. */
function hasCode(resource: FhirResource, codes: ReadonlySet<string>): boolean {
  const { code: concept } = resource as { code?: CodeableConcept };
  return codingsOf(concept).some(
    ({ system = '', code = '' }) => codes.has(`${system}|${code}`) || codes.has(`|${code}`),
  );
}
