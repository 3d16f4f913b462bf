/** Knowledge files -> the files of a FHIR NPM package (https://hl7.org/fhir/packages.html). */
import { prepareTopic } from '../../src/call-service.ts';
import { resourcesIn } from '../../src/fhir/bundles.ts';
import type { DataRequirement, FhirResource, PlanDefinition } from '../../src/fhir/types.ts';
import type { KnowledgeFile } from '../../src/knowledge/sources.ts';
import { baseOf } from '../../src/knowledge/systems.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { topicRequirements } from '../../src/operations/data-requirements.ts';
import { operationDefinition } from '../../src/operations/operation-definition.ts';
import { OPERATIONS } from '../../src/operations/table.ts';

/** A file of the package, below `package/`. */
export type PackageFile = { name: string; text: string };

export type PackageIdentity = { name: string; version: string; description: string; license: string };

/** One file a resource, what the service offers included, with `.index.json` and `package.json`. */
export function fhirPackage(files: KnowledgeFile[], topics: Topic[], identity: PackageIdentity): PackageFile[] {
  const inputs = new Map(topics.map((topic) => [topic.url, topicRequirements(prepareTopic(topic))]));
  const knowledge = files.flatMap(({ resource }) => resourcesIn(resource));
  const base = canonicalBase(knowledge, topics);
  const operations = OPERATIONS.map((operation) => operationDefinition(operation, base));
  // Files that are a package already hold those of another build.
  const others = knowledge.filter(({ resourceType }) => resourceType !== 'OperationDefinition');
  const resources = [...others.map((resource) => withInput(resource, inputs)), ...operations];
  const named = resources.map((resource) => ({ filename: `${resource.resourceType}-${resource.id}.json`, resource }));
  const index = { 'index-version': 2, files: named.map(indexed) };
  return [
    { name: 'package.json', text: json(manifest(identity, topics, base)) },
    { name: '.index.json', text: json(index) },
    ...named.map(({ filename, resource }) => ({ name: filename, text: json(resource) })),
  ];
}

function canonicalBase(knowledge: FhirResource[], topics: Topic[]): string {
  const plan = knowledge.find(({ resourceType }) => resourceType === 'PlanDefinition') as PlanDefinition | undefined;
  return baseOf(topics[0]?.url ?? plan?.url ?? '');
}

function manifest({ name, version, description, license }: PackageIdentity, topics: Topic[], canonical: string) {
  return {
    name,
    version,
    description,
    license,
    author: topics[0]?.publisher ?? '',
    canonical,
    type: 'Conformance',
    fhirVersions: ['4.0.1'],
    dependencies: { 'hl7.fhir.r4.core': '4.0.1' },
  };
}

/** What the items read, where other engines look for it: at the action that is called. */
function withInput(resource: FhirResource, inputs: ReadonlyMap<string, DataRequirement[]>): FhirResource {
  const input = 'url' in resource && resource.url !== undefined ? inputs.get(resource.url) : undefined;
  if (!input || resource.resourceType !== 'PlanDefinition') return resource;
  const action: PlanDefinition['action'] = resource.action?.map((root) => (root.trigger ? { ...root, input } : root));
  return { ...resource, ...(action && { action }) };
}

/** The members that the index repeats. */
const INDEXED = ['resourceType', 'id', 'url', 'version', 'kind', 'type', 'supplements'] as const;

function indexed({ filename, resource }: { filename: string; resource: FhirResource }) {
  const members = INDEXED.flatMap((name): [string, string][] => {
    const value: unknown = Reflect.get(resource, name);
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return { filename, ...Object.fromEntries(members) };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
