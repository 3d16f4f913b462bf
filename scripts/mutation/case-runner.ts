/** All clinical cases against a topic in memory: those that a mutant can reach, most likely to notice it first. */
import { prepareTopic } from '../../src/call-service.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { readCases } from '../../test/harness/case.ts';
import type { Mutant, Seen } from './mutant.ts';
import { type PreparedCase, prepareCase } from './prepared-case.ts';
import { watchAtoms } from './watch-atoms.ts';

export type CaseRunner = {
  /** The case that notices a mutant; undefined when all pass. */
  killerOf(mutant: Mutant): string | undefined;
  /** The same with every case, through the whole service. */
  killerInFull(mutant: Mutant): Promise<string | undefined>;
};

type SeenCase = PreparedCase & { seen: Seen };

/**
 * Reads the cases of a topic; the topic is changed in place between runs.
 * @throws Error when a case fails without any mutant
 */
export async function caseRunner(topic: Topic): Promise<CaseRunner> {
  let cases = await seenCases(topic);
  return {
    killerOf: (mutant) => {
      const reached = inOrder(
        cases.filter(({ seen }) => mutant.reaches(seen)),
        mutant.rules,
      );
      const undo = mutant.apply();
      const killer = reached.find(fails);
      undo();
      // What noticed one change often notices the next.
      if (killer) cases = [killer, ...cases.filter((other) => other !== killer)];
      return killer?.name;
    },
    killerInFull: async (mutant) => {
      const undo = mutant.apply();
      let killer: string | undefined;
      for (const one of inOrder(cases, mutant.rules)) {
        // A mutant that ends in an error is noticed.
        if (await one.runInFull().catch(() => false)) continue;
        killer = one.name;
        break;
      }
      undo();
      return killer;
    },
  };
}

async function seenCases(topic: Topic): Promise<SeenCase[]> {
  const prepared = prepareTopic(topic);
  const cases: SeenCase[] = [];
  for (const named of readCases(topic.id)) {
    const one = await prepareCase(prepared, named);
    const { result, readings } = watchAtoms(topic.atoms, one.run);
    if (!result.passes) throw new Error(`${one.name} fails without any mutant`);
    const { gates, evaluation, results, private: confidential } = result.decision;
    const fires = [...results, ...confidential.results].filter(({ state }) => state === 'fires');
    const fired = new Set(fires.map(({ rule }) => rule.id));
    cases.push({
      ...one,
      seen: { readings, gates, evaluation, fired, hook: one.hook, looksAtCards: result.lookedAtCards },
    });
  }
  return cases;
}

function fails({ run }: PreparedCase): boolean {
  try {
    return !run().passes;
  } catch {
    // A mutant that ends in an error is noticed.
    return true;
  }
}

/** Cases named after the rules first. */
function inOrder(cases: SeenCase[], rules: string[]): SeenCase[] {
  const prefixes = rules.map((rule) => `${rule.toLowerCase()}-`);
  const isNear = ({ name }: SeenCase) => prefixes.some((prefix) => name.startsWith(prefix));
  return [...cases.filter(isNear), ...cases.filter((one) => !isNear(one))];
}
