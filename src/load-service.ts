/** The knowledge as it stands in its files at this moment, with the site's choices, and the version that is only compared. */
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { ServiceError } from './errors.ts';
import { resourcesIn } from './fhir/bundles.ts';
import type { Checked } from './fhir/closure-check.ts';
import type { FhirResource } from './fhir/types.ts';
import { applySite } from './knowledge/apply-site.ts';
import { compileKnowledge, loadTopics, readKnowledgeFiles } from './knowledge/load.ts';
import { overdueIn } from './knowledge/overdue.ts';
import type { Topic } from './knowledge/topic.ts';
import { compilePlans } from './plan/compile-plans.ts';
import type { Names, Plan, Step } from './plan/plan.ts';

export type Loaded = {
  config: Config;
  topics: Topic[];
  plans: Plan[];
  /** As they stand in the files. */
  resources: FhirResource[];
  shadowTopics: Topic[] | undefined;
};

/**
 * Reads, checks and compiles the knowledge that a configuration names.
 * @throws ServiceError `bad-configuration`, `bad-knowledge`
 */
export function loadService(config: Config, log: Logger, clock: () => number): Loaded {
  const files = readKnowledgeFiles(config.knowledgeDir);
  const topics = applySite(compileKnowledge(files), config.site);
  const plans = compilePlans(files);
  const overdue = overdueIn([...topics, ...plans], { now: clock(), zone: config.zone });
  if (overdue.length > 0) log.warn({ overdue }, 'knowledge is overdue for review: each card says so');
  const resources = files.flatMap(({ resource }) => resourcesIn(resource));
  return { config, topics, plans, resources, shadowTopics: loadShadow(config, log) };
}

/** Every condition that is compiled, with the names that it reads. */
export function conditionsIn({ topics, plans }: Loaded): Checked[] {
  const ofSteps = (steps: Step[]): Names[] => steps.flatMap(({ names, steps: inner }) => [names, ...ofSteps(inner)]);
  const scopes = new Set(plans.flatMap(({ names, steps }) => [names, ...ofSteps(steps)]).map(({ scope }) => scope));
  const atoms = [
    ...topics.flatMap((topic) => topic.atoms),
    ...[...scopes].flatMap((scope) => [...scope.atoms.values()]),
  ];
  return atoms.map(({ expression, leaf }) => ({ expression, names: [...leaf.names] }));
}

/** Knowledge that is only compared must not keep the service from starting; that it is refused is said. */
function loadShadow({ shadowKnowledgeDir, site }: Config, log: Logger): Topic[] | undefined {
  if (shadowKnowledgeDir === undefined) return undefined;
  try {
    return applySite(loadTopics(shadowKnowledgeDir), site);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    log.error({ code: error.code, details: error.details }, 'no shadow: its knowledge is refused');
    return undefined;
  }
}
