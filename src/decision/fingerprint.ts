/** What makes two findings the same one (spec C.2-8); never a uuid, and nothing confidential. */
import type { Fact } from '../evidence/fact.ts';
import type { Decision, RuleResult } from './decision.ts';

/**
 * The fingerprint of a Decision's finding: patient, public rules with their truth, and the facts they rest on.
 * Equal for equal inputs in any order. It holds clinical values as a hash only, and still is not for logs.
 * @param hash a one-way function with a key (HMAC), given by the caller: the core does no cryptography. Without a key
 *   whoever knows a patient's id could try answers until they give the fingerprint
 */
export function fingerprintOf(
  patientId: string,
  { results, facts }: Pick<Decision, 'results' | 'facts'>,
  hash: (text: string) => string,
): string {
  const rules = results.filter(({ state }) => state !== 'excluded').map(({ rule, state }) => `${rule.id}=${state}`);
  const inputs = [...namesRead(results)].sort().flatMap((name) => inputsOf(facts.get(name)));
  return hash(JSON.stringify([patientId, rules.sort(), hash(JSON.stringify(inputs))]));
}

/** Facts that made a rule fire, or that point to danger in an open one. */
function namesRead(results: RuleResult[]): Set<string> {
  const names = new Set<string>();
  for (const { because, open } of results) {
    for (const { reads } of because) for (const name of reads) names.add(name);
    for (const { discriminating } of open) {
      for (const { reads } of discriminating) for (const name of reads) names.add(name);
    }
  }
  return names;
}

type Input = [name: string, value: unknown, from: number | null, to: number | null];

function inputsOf(fact: Fact | undefined): Input[] {
  if (!fact || fact.definition.confidential) return [];
  const { name } = fact.definition;
  if (fact.used.length === 0 && fact.value !== undefined) return [[name, fact.value, null, null]];
  const inputs = fact.used.map(({ value, at }): Input => [name, value, at?.from ?? null, at?.to ?? null]);
  return inputs.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
