/** Knowledge files -> plans in plain R4; like everything in these files they fail at start, not at the bedside. */
import { ServiceError } from '../errors.ts';
import { apartPlainPlans } from '../knowledge/plain-plans.ts';
import { type KnowledgeFile, type Problem, sortKnowledge } from '../knowledge/sources.ts';
import { checkPlan } from './check-plan.ts';
import { compilePlan } from './compile-plan.ts';
import type { Plan } from './plan.ts';

/** Compiles the plans without level groups. @throws ServiceError `bad-knowledge`, one line for each finding */
export function compilePlans(files: KnowledgeFile[]): Plan[] {
  const { plans, problems } = checkPlans(files);
  const lines = problems.map(({ file, element, reason }) => `${file}: ${element}: ${reason}`);
  if (lines.length > 0) throw new ServiceError('bad-knowledge', 'The knowledge is refused', [...new Set(lines)]);
  return plans;
}

/** The plans without level groups, and what speaks against them. */
export function checkPlans(files: KnowledgeFile[]): { plans: Plan[]; problems: Problem[] } {
  const { plainFiles } = apartPlainPlans(files);
  const { plans } = sortKnowledge(plainFiles);
  // A plain plan may refer to what a topic uses too.
  const { catalogue } = sortKnowledge(files);
  const sources = { ...catalogue, plans: new Map(plans.map(({ resource }) => [resource.url ?? '', resource])) };
  const problems: Problem[] = [];
  const compiled = plans.flatMap(({ file, resource }) => {
    const report = (element: string, reason: string) => void problems.push({ file, element, reason });
    try {
      checkPlan(resource, report);
      return [compilePlan(resource, sources, report)];
    } catch (error) {
      // A list where R4 has none, a number for a text: found here by its consequence, by the validator with its place.
      if (!(error instanceof TypeError)) throw error;
      report(
        resource.id ?? 'PlanDefinition',
        'is no PlanDefinition as R4 has it: `npm run knowledge:check` says where',
      );
      return [];
    }
  });
  // The id of a plan, of whatever kind, is the id of its service.
  const ids = sortKnowledge(files).plans.map(({ resource }) => resource.id ?? '');
  for (const { file, resource } of plans) {
    const { id = '' } = resource;
    if (ids.indexOf(id) !== ids.lastIndexOf(id)) problems.push({ file, element: id, reason: 'two plans have this id' });
  }
  return { plans: compiled, problems };
}
