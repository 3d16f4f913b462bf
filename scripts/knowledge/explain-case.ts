/** A clinical case, or each row of a table of cases, explained: what was expected, what came, and why. */
import { basename } from 'node:path';
import { z } from 'zod';
import { loadTopics } from '../../src/knowledge/load.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { type ClinicalCase, momentOf } from '../../test/harness/case.ts';
import { casesIn } from '../../test/harness/case-table.ts';
import { coreOf } from '../../test/harness/core.ts';
import { AuthorFault, jsonIn } from './author-fault.ts';
import { explainDecision } from './explain-decision.ts';

const told = z.looseObject({ title: z.string(), spec: z.string(), expect: z.looseObject({}) });
const file = z.union([told, z.looseObject({ rows: z.array(told).min(1) })]);

/**
 * @param path a file of `test/cases`, or one like it
 * @param service the plan, when there are several
 * @throws AuthorFault
 */
export async function explainCase(path: string, service?: string): Promise<string[]> {
  const content = jsonIn(path);
  if (!file.safeParse(content).success) {
    throw new AuthorFault(`${path}: is no clinical case: it needs title, spec and expect, or rows that have them`);
  }
  const topic = topicNamed(service);
  const core = coreOf(topic);
  const cases = casesIn(basename(path), content as ClinicalCase);
  const explained: string[][] = [];
  for (const { name, clinicalCase } of cases) {
    const heading = cases.length > 1 ? [`${explained.length > 0 ? '\n' : ''}== ${name}`] : [];
    explained.push([...heading, ...(await explainOne(clinicalCase, topic, core))]);
  }
  return explained.flat();
}

function topicNamed(service: string | undefined): Topic {
  const topics = loadTopics('.');
  const topic = service === undefined ? topics[0] : topics.find(({ id }) => id === service);
  if (topic) return topic;
  throw new AuthorFault(`There is no plan ${service ?? ''}: there are ${topics.map(({ id }) => id).join(', ')}`);
}

async function explainOne(
  clinicalCase: ClinicalCase,
  topic: Topic,
  core: ReturnType<typeof coreOf>,
): Promise<string[]> {
  const decision = await core.decision(clinicalCase);
  const { level = 'none', fired = [], open = [] } = clinicalCase.expect;
  return [
    clinicalCase.title,
    `Specification: ${clinicalCase.spec}`,
    `Expected: level ${level}, fired ${fired.join(', ') || 'none'}, open ${open.join(', ') || 'none'}`,
    '',
    ...explainDecision(topic, decision, { now: Date.parse(momentOf(clinicalCase)), zone: 'UTC' }),
  ];
}
