/** Seed claims and what they were made into; every name is checked. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planTexts } from '../../src/explorer/words/plan-texts.ts';
import type { ClinicalCase } from '../../test/harness/case.ts';
import type { Knowledge } from './knowledge.ts';

/** A statement of the text that the project began with (`docs/clinical/seed-claims.json`, by hand). */
export type Claim = {
  id: string;
  claim: string;
  kind: string;
  how: string;
  facts: string[];
  rules: string[];
  texts: string[];
  cases: string[];
};

export type Cases = ReadonlyMap<string, ClinicalCase>;

/** @param root the folder that holds `docs/` */
export const readClaims = (root: string): Claim[] =>
  JSON.parse(readFileSync(join(root, 'docs/clinical/seed-claims.json'), 'utf8'));

/** What is wrong with the claims, in words; none when all names exist and every claim has cases that touch it. */
export function claimFaults(claims: Claim[], { topic, plan }: Knowledge, cases: Cases): string[] {
  const rules = new Set(topic.allGroups.flatMap((group) => group.rules.map(({ id }) => id)));
  const texts = new Set(planTexts(plan).map(({ code }) => code));
  return claims.flatMap((claim) => [
    ...claim.facts.filter((name) => !topic.factByName.has(name)).map((name) => `${claim.id}: there is no fact ${name}`),
    ...claim.rules.filter((id) => !rules.has(id)).map((id) => `${claim.id}: there is no rule ${id}`),
    ...claim.texts.filter((code) => !texts.has(code)).map((code) => `${claim.id}: there is no text ${code}`),
    ...(claim.cases.length === 0 ? [`${claim.id}: no case shows it`] : []),
    ...claim.cases.flatMap((file) => caseFault(claim, file, cases)),
  ]);
}

/** A case has to name a rule or a fact of the claim. */
function caseFault({ id, rules, facts }: Claim, file: string, cases: Cases): string[] {
  const found = cases.get(file);
  if (!found) return [`${id}: there is no case ${file}`];
  const words = JSON.stringify(found);
  const touched = [...rules, ...facts].some((name) => words.includes(`"${name}"`));
  return touched ? [] : [`${id}: the case ${file} names none of its rules and facts`];
}
