/** A clinical case, explained: what was expected, what came, and why. */
import { readFileSync } from 'node:fs';
import { loadTopics } from '../../src/knowledge/load.ts';
import { type ClinicalCase, momentOf } from '../../test/harness/case.ts';
import { coreOf } from '../../test/harness/core.ts';
import { explainDecision } from './explain-decision.ts';

/** @param path a file of `test/cases`, or one like it @param service the plan, when there are several */
export async function explainCase(path: string, service?: string): Promise<string[]> {
  const clinicalCase = JSON.parse(readFileSync(path, 'utf8')) as ClinicalCase;
  const topics = loadTopics('.');
  const topic = topics.find(({ id }) => id === service) ?? topics[0];
  if (!topic) return ['There is no plan'];
  const decision = await coreOf(topic).decision(clinicalCase);
  const { level = 'none', fired = [], open = [] } = clinicalCase.expect;
  return [
    clinicalCase.title,
    `Specification: ${clinicalCase.spec}`,
    `Expected: level ${level}, fired ${fired.join(', ') || 'none'}, open ${open.join(', ') || 'none'}`,
    '',
    ...explainDecision(topic, decision, { now: Date.parse(momentOf(clinicalCase)), zone: 'UTC' }),
  ];
}
