/** Files -> topics and findings. Knowledge fails at start, not at the bedside. */
import { compileTopic } from '../compile-topic.ts';
import { type KnowledgeFile, type Problem, sortKnowledge } from '../sources.ts';
import type { Topic } from '../topic.ts';

/** Compiles all plans and checks them with their Questionnaires. */
export function checkKnowledge(files: KnowledgeFile[]): { topics: Topic[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const { plans, catalogue } = sortKnowledge(files);
  const topics = plans.map(({ file, resource: plan }) =>
    compileTopic(plan, catalogue, (element, reason) => problems.push({ file, element, reason })),
  );
  return { topics, problems };
}
