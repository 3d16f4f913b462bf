/** All generated pages. */
import { readVerifiedCodes } from './code-status.ts';
import { dataElements } from './data-elements.ts';
import { decisionTable } from './decision-table.ts';
import { readKnowledge } from './knowledge.ts';
import type { Page } from './markdown.ts';

/** @param root the folder that holds the knowledge, the cases and `docs/` */
export async function pages(root: string): Promise<Page[]> {
  const { topic, plan, catalogue } = readKnowledge(root);
  return [decisionTable(topic, plan), dataElements(topic, catalogue, readVerifiedCodes(root))];
}
