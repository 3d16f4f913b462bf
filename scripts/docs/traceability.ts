/** `docs/clinical/traceability.md`: seed claim -> facts, rules, texts -> cases; and rule -> cases. */

import { code } from '../../src/explorer/words/marks.ts';
import { textsTold } from '../../src/explorer/words/plan-texts.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { casesByRule } from './cases-by-rule.ts';
import { type Cases, type Claim, claimFaults } from './claims.ts';
import type { Knowledge } from './knowledge.ts';
import { blocks, GENERATED, NOT_APPROVED, type Page, table } from './markdown.ts';

/** @throws Error naming each claim whose facts, rules, texts or cases do not exist, or that has no case */
export function traceability(claims: Claim[], knowledge: Knowledge, cases: Cases): Page {
  const faults = claimFaults(claims, knowledge, cases);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const told = textsTold(knowledge.plan);
  const text = blocks(
    GENERATED,
    '# Traceability',
    NOT_APPROVED,
    'Claims of the seed text, what each was made into, and the cases that show it. The mapping is written by hand in [seed-claims.json](seed-claims.json); that every name exists is checked when this page is made. Cases are files of `test/cases/back-pain-in-pregnancy/`. A text in *italics* is told by no rule: it is held for translation and for the form.',
    table(
      ['claim', 'statement', 'kind', 'how', 'facts', 'rules', 'texts', 'cases'],
      claims.map((claim) => [
        claim.id,
        claim.claim,
        claim.kind,
        claim.how,
        claim.facts.map(code).join(', ') || '–',
        claim.rules.join(', ') || '–',
        claim.texts.map((id) => (told.has(id) ? id : `*${id}*`)).join(', ') || '–',
        claim.cases.map(caseLink).join(', '),
      ]),
    ),
    '## Rules and the cases in which they fire',
    ruleTable(knowledge.topic, cases),
  );
  return { path: 'docs/clinical/traceability.md', text };
}

const FIRST = 3;

const caseLink = (file: string): string => `[${file}](../../test/cases/back-pain-in-pregnancy/${file}.json)`;

function ruleTable({ allGroups }: Topic, cases: Cases): string {
  const firing = casesByRule(cases);
  return table(
    ['rule', 'finding', 'cases', 'first'],
    allGroups
      .flatMap(({ rules }) => rules)
      .map(({ id, title }) => {
        const files = firing.get(id) ?? [];
        return [id, title, String(files.length), files.slice(0, FIRST).map(caseLink).join(', ') || '**none**'];
      }),
  );
}
