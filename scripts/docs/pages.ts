/** All generated pages. */
import { readCases } from '../../test/harness/case.ts';
import { casesIndex } from './cases-by-rule.ts';
import { readClaims } from './claims.ts';
import { readVerifiedCodes } from './code-status.ts';
import { conformance } from './conformance.ts';
import { dataElements } from './data-elements.ts';
import { decisionTable } from './decision-table.ts';
import { examples } from './examples.ts';
import { integration } from './integration.ts';
import { readKnowledge } from './knowledge.ts';
import type { Page } from './markdown.ts';
import { traceability } from './traceability.ts';

/** @param root the folder that holds the knowledge, the cases and `docs/` */
export async function pages(root: string): Promise<Page[]> {
  const knowledge = readKnowledge(root);
  const { topic, plan, catalogue } = knowledge;
  const cases = new Map(
    readCases(topic.id).map(({ name, clinicalCase }) => [name.replace(/\.json$/, ''), clinicalCase] as const),
  );
  return [
    decisionTable(topic, plan),
    dataElements(topic, catalogue, readVerifiedCodes(root)),
    traceability(readClaims(root), knowledge, cases),
    casesIndex(topic, cases),
    conformance(),
    integration(root, await examples(topic, cases)),
  ];
}
