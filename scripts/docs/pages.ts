/** All generated pages. */
import { loadTopics, readKnowledgeFiles } from '../../src/knowledge/load.ts';
import { sortKnowledge } from '../../src/knowledge/sources.ts';
import { decisionTable } from './decision-table.ts';
import type { Page } from './markdown.ts';

/** @param root the folder that holds the knowledge, the cases and `docs/` */
export async function pages(root: string): Promise<Page[]> {
  const files = readKnowledgeFiles(root);
  const [topic] = loadTopics(root);
  const plan = sortKnowledge(files).plans.find(({ resource }) => resource.id === topic?.id)?.resource;
  if (!topic || !plan) throw new Error('there is no topic');
  return [decisionTable(topic, plan)];
}
