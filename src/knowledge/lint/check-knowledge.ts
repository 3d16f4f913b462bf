/** Files -> topics and findings. Knowledge fails at start, not at the bedside. */

import type { PlanDefinition } from '../../fhir/types.ts';
import { compileTopic } from '../compile-topic.ts';
import { apartPlainPlans } from '../plain-plans.ts';
import { type Catalogue, type KnowledgeFile, type Located, type Problem, sortKnowledge } from '../sources.ts';
import type { Topic } from '../topic.ts';
import { emptyActions } from './actions.ts';
import { unfitAtoms } from './atoms.ts';
import { exposedFacts } from './confidential.ts';
import { clashingNames } from './definitions.ts';
import { wrongDerivations } from './derivations.ts';
import { wrongSources } from './fact-sources.ts';
import { incompleteFacts } from './facts.ts';
import { hiddenItems } from './hidden-items.ts';
import { wrongLevels } from './levels.ts';
import { wrongMoments } from './moments.ts';
import { unknownNames } from './names.ts';
import { wrongOptions } from './options.ts';
import { wrongOrders } from './orders.ts';
import { wrongPlan } from './plans.ts';
import { wrongResources } from './resources.ts';
import { incompleteRules } from './rules.ts';
import { malformedFiles } from './structure.ts';
import { subjectOf, type TopicRule } from './subject.ts';
import { negatedUrgentRules } from './urgent-rules.ts';

/** What holds of a topic as a whole. */
const TOPIC_RULES: TopicRule[] = [
  wrongPlan,
  clashingNames,
  incompleteFacts,
  wrongOptions,
  wrongSources,
  wrongDerivations,
  unknownNames,
  unfitAtoms,
  wrongLevels,
  wrongMoments,
  incompleteRules,
  emptyActions,
  negatedUrgentRules,
  hiddenItems,
  exposedFacts,
  wrongOrders,
];

/** Compiles all plans with level groups and checks them with their Questionnaires. */
export function checkKnowledge(all: KnowledgeFile[]): { topics: Topic[]; problems: Problem[] } {
  const malformed = malformedFiles(all);
  if (malformed.length > 0) return { topics: [], problems: malformed };
  const { topicFiles: files } = apartPlainPlans(all);
  const { plans, questionnaires, catalogue } = sortKnowledge(files);
  const fileByUrl = new Map(questionnaires.map(({ file, resource }) => [resource.url ?? '', file]));
  const read = plans.map((plan) => checkPlan(plan, catalogue, fileByUrl));
  return {
    topics: read.map(({ topic }) => topic),
    problems: once([...wrongResources(files), ...read.flatMap(({ findings }) => findings)]),
  };
}

function checkPlan(plan: Located<PlanDefinition>, catalogue: Catalogue, fileByUrl: ReadonlyMap<string, string>) {
  const faults: Omit<Problem, 'file'>[] = [];
  const topic = compileTopic(plan.resource, catalogue, (element, reason) => faults.push({ element, reason }));
  const subject = subjectOf(topic, plan, fileByUrl);
  const fileByItem = new Map(subject.items.map(({ fact, file }) => [fact.name, file]));
  const unparsed = faults.map((fault) => ({ file: fileByItem.get(fault.element) ?? plan.file, ...fault }));
  return { topic, findings: [...unparsed, ...TOPIC_RULES.flatMap((rule) => rule(subject))] };
}

/** Topics that share a form share its findings. */
function once(findings: Problem[]): Problem[] {
  return [...new Map(findings.map((finding) => [Object.values(finding).join('\n'), finding])).values()];
}
