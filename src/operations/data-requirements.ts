/** `PlanDefinition/$data-requirements`: what a plan reads, as a module-definition Library. */
import type { PreparedTopic } from '../call-service.ts';
import { codeKey } from '../fhir/codings.ts';
import type { Coding, DataRequirement, Library } from '../fhir/types.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { OperationCall } from './operation.ts';
import { planNamed } from './plan-named.ts';

const QUERY_PATTERN = 'http://hl7.org/fhir/StructureDefinition/cqf-fhirQueryPattern';

/** @throws ServiceError `bad-request`, `unknown-resource`, `refused` */
export function dataRequirements(call: OperationCall): Library {
  const { plan, prepared } = planNamed(call);
  if (prepared) return moduleDefinition(prepared.topic, topicRequirements(prepared));
  return moduleDefinition(
    plan,
    plan.queries.map((query) => requirement(query, [])),
  );
}

/** What the items of a topic read: a requirement for each type, with the codes that are looked for. */
export const topicRequirements = ({ needs, topic }: PreparedTopic): DataRequirement[] =>
  needs.map((need) => requirement(need, codesOf(need.type, topic.facts)));

function requirement({ type, template }: { type: string; template: string }, code: Coding[]): DataRequirement {
  return {
    extension: [{ url: QUERY_PATTERN, valueString: template }],
    type: type as DataRequirement['type'],
    ...(code.length > 0 && { codeFilter: [{ path: 'code', code }] }),
  };
}

/** The codes of all items that read a type; none where one of them reads by prefix, for then it is not all of them. */
function codesOf(type: string, facts: FactDefinition[]): Coding[] {
  const sources = facts.flatMap((fact) => fact.sources).filter(({ resource }) => resource === type);
  if (sources.some(({ prefixes }) => prefixes.length > 0)) return [];
  const codings = sources.flatMap(({ codes, panels }) => [...codes, ...panels]);
  const byKey = new Map(
    codings.map(({ system, code }) => [codeKey({ system, code } as Coding), { system, code } as Coding]),
  );
  return [...byKey.values()];
}

function moduleDefinition(
  { url, version, title }: { url: string; version: string; title: string },
  dataRequirement: DataRequirement[],
): Library {
  return {
    resourceType: 'Library',
    status: 'active',
    type: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/library-type', code: 'module-definition' }],
    },
    title: `Data requirements of ${title}`,
    relatedArtifact: [{ type: 'derived-from', resource: version ? `${url}|${version}` : url }],
    dataRequirement,
  };
}
