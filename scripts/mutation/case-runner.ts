/** All clinical cases against a topic in memory, those most likely to notice a change first. */
import { randomUUID } from 'node:crypto';
import { callService, type PreparedTopic, prepareTopic } from '../../src/call-service.ts';
import type { HookRequest } from '../../src/cds-hooks/hook-request.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { type ClinicalCase, hookRequestOf, momentOf, readCases } from '../../test/harness/case.ts';
import { differences } from '../../test/harness/case-result.ts';

type Prepared = { file: string; clinicalCase: ClinicalCase; request: HookRequest; now: number };

export type CaseRunner = {
  size: number;
  /** The first case that fails; undefined when all pass. */
  firstFailure(rules: string[]): Promise<string | undefined>;
};

/** Prepares the cases of a topic; the topic may be changed in place between runs. */
export function caseRunner(topic: Topic): CaseRunner {
  const prepared = prepareTopic(topic);
  let cases = readCases(topic.id).map(({ file, clinicalCase }) => ({
    file,
    clinicalCase,
    request: hookRequestOf(clinicalCase, topic.questionnaires) as unknown as HookRequest,
    now: Date.parse(momentOf(clinicalCase)),
  }));
  return {
    size: cases.length,
    firstFailure: async (rules) => {
      const failed = await failing(inOrder(cases, rules), prepared);
      // What noticed one change often notices the next.
      if (failed) cases = [failed, ...cases.filter((other) => other !== failed)];
      return failed?.file;
    },
  };
}

async function failing(cases: Prepared[], topic: PreparedTopic): Promise<Prepared | undefined> {
  for (const one of cases) if (await fails(one, topic)) return one;
  return undefined;
}

async function fails({ clinicalCase, request, now }: Prepared, topic: PreparedTopic): Promise<boolean> {
  try {
    const moment = { now, zone: 'UTC' };
    const answer = await callService(topic, request, { moment, settings: {}, newUuid: randomUUID });
    return differences(clinicalCase, answer).length > 0;
  } catch {
    // A mutant that ends in an error is noticed.
    return true;
  }
}

/** Cases named after the rules first. */
function inOrder(cases: Prepared[], rules: string[]): Prepared[] {
  const prefixes = rules.map((rule) => `${rule.toLowerCase()}-`);
  const near = cases.filter(({ file }) => prefixes.some((prefix) => file.startsWith(prefix)));
  return [...near, ...cases.filter((one) => !near.includes(one))];
}
