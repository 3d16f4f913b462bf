/** Files -> topics and findings. Knowledge fails at start, not at the bedside. */

import type { PlanDefinition } from '../../fhir/types.ts';
import { compileTopic } from '../compile-topic.ts';
import { type KnowledgeFile, type Located, type Problem, sortKnowledge } from '../sources.ts';
import type { Topic } from '../topic.ts';
import { emptyActions } from './actions.ts';
import { unfitAtoms } from './atoms.ts';
import { exposedFacts } from './confidential.ts';
import { clashingNames } from './definitions.ts';
import { wrongSources } from './fact-sources.ts';
import { incompleteFacts } from './facts.ts';
import { hiddenItems } from './hidden-items.ts';
import { wrongLevels } from './levels.ts';
import { unknownNames } from './names.ts';
import { wrongOptions } from './options.ts';
import { wrongPlan } from './plans.ts';
import { wrongResources } from './resources.ts';
import { incompleteRules } from './rules.ts';
import { subjectOf, type TopicRule } from './subject.ts';
import { negatedUrgentRules } from './urgent-rules.ts';

/** What holds of a topic as a whole. */
const TOPIC_RULES: TopicRule[] = [
  wrongPlan,
  clashingNames,
  incompleteFacts,
  wrongOptions,
  wrongSources,
  unknownNames,
  unfitAtoms,
  wrongLevels,
  incompleteRules,
  emptyActions,
  negatedUrgentRules,
  hiddenItems,
  exposedFacts,
];

/** Compiles all plans and checks them with their Questionnaires. */
export function checkKnowledge(files: KnowledgeFile[]): { topics: Topic[]; problems: Problem[] } {
  const { plans, questionnaires, catalogue } = sortKnowledge(files);
  const fileByUrl = new Map(questionnaires.map(({ file, resource }) => [resource.url ?? '', file]));
  const findings = wrongResources(files);
  const topics = plans.map((plan: Located<PlanDefinition>) => {
    const faults: Omit<Problem, 'file'>[] = [];
    const topic = compileTopic(plan.resource, catalogue, (element, reason) => faults.push({ element, reason }));
    const subject = subjectOf(topic, plan, fileByUrl);
    const fileOf = new Map(subject.items.map(({ fact, file }) => [fact.name, file]));
    findings.push(...faults.map((fault) => ({ file: fileOf.get(fault.element) ?? plan.file, ...fault })));
    findings.push(...TOPIC_RULES.flatMap((rule) => rule(subject)));
    return topic;
  });
  return { topics, problems: once(findings) };
}

/** Topics that share a form share its findings. */
function once(findings: Problem[]): Problem[] {
  return [...new Map(findings.map((finding) => [Object.values(finding).join('\n'), finding])).values()];
}
