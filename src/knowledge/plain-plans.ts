/** Plans without level groups stand apart: plain R4, written for any engine, with what they alone refer to. */
import { resourcesIn } from '../fhir/bundles.ts';
import { extensionNamed } from '../fhir/extensions.ts';
import type { FhirResource, PlanDefinition } from '../fhir/types.ts';
import type { KnowledgeFile } from './sources.ts';

/** Whether a plan has actions, and none of them is a level group. */
const isPlain = ({ action = [] }: PlanDefinition): boolean =>
  action.length > 0 && !action.some((root) => root.action?.some((group) => extensionNamed(group, 'level-indicator')));

/** Sorts files; a Bundle may hold resources of both kinds. */
export function apartPlainPlans(files: KnowledgeFile[]): { topicFiles: KnowledgeFile[]; plainFiles: KnowledgeFile[] } {
  const resources = files.flatMap(({ resource }) => resourcesIn(resource));
  const plans = resources.filter((resource): resource is PlanDefinition => resource.resourceType === 'PlanDefinition');
  const plain = plans.filter(isPlain);
  if (plain.length === 0) return { topicFiles: files, plainFiles: [] };
  const ofPlain = JSON.stringify(plain);
  const ofTopics = JSON.stringify(plans.filter((plan) => !isPlain(plan)));
  return { topicFiles: keep(files, (resource) => !isOfPlain(resource)), plainFiles: keep(files, isOfPlain) };

  function isOfPlain(resource: FhirResource): boolean {
    if (resource.resourceType === 'PlanDefinition') return isPlain(resource);
    if (resource.resourceType === 'Library') return true;
    const url = 'url' in resource ? resource.url : undefined;
    return url !== undefined && names(ofPlain, url) && !names(ofTopics, url);
  }
}

const names = (text: string, url: string): boolean => text.includes(`"${url}"`) || text.includes(`"${url}|`);

function keep(files: KnowledgeFile[], isWanted: (resource: FhirResource) => boolean): KnowledgeFile[] {
  return files.flatMap(({ file, resource }): KnowledgeFile[] => {
    if (resource.resourceType !== 'Bundle') return isWanted(resource) ? [{ file, resource }] : [];
    const entry = (resource.entry ?? []).filter((one) => one.resource && isWanted(one.resource as FhirResource));
    const part: FhirResource = { ...resource, entry };
    return entry.length > 0 ? [{ file, resource: part }] : [];
  });
}
