/** The knowledge files, as the pages need them. */
import type { PlanDefinition } from '../../src/fhir/types.ts';
import { loadTopics, readKnowledgeFiles } from '../../src/knowledge/load.ts';
import { type Catalogue, sortKnowledge } from '../../src/knowledge/sources.ts';
import type { Topic } from '../../src/knowledge/topic.ts';

export type Knowledge = { topic: Topic; plan: PlanDefinition; catalogue: Catalogue };

/** The first topic of a folder. @throws Error when there is none */
export function readKnowledge(root: string): Knowledge {
  const { plans, catalogue } = sortKnowledge(readKnowledgeFiles(root));
  const [topic] = loadTopics(root);
  const plan = plans.find(({ resource }) => resource.id === topic?.id)?.resource;
  if (!topic || !plan) throw new Error(`${root} holds no topic`);
  return { topic, plan, catalogue };
}
