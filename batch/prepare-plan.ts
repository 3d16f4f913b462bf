/** The plan of a run, compiled as the service compiles it: with the site's choices. */
import { createHash } from 'node:crypto';
import { type PreparedTopic, prepareTopic } from '../src/call-service.ts';
import { type Config, readConfig } from '../src/config.ts';
import { ServiceError } from '../src/errors.ts';
import { applySite } from '../src/knowledge/apply-site.ts';
import { compileKnowledge, readKnowledgeFiles } from '../src/knowledge/load.ts';
import type { BatchOptions } from './options.ts';

export type PlanInForce = { prepared: PreparedTopic; config: Config; fingerprint: string };

/** @throws ServiceError `bad-configuration`, `bad-knowledge`, `bad-request` when it is not said which of several */
export function preparePlan({
  env,
  packageRoot,
  plan,
}: Pick<BatchOptions, 'env' | 'packageRoot' | 'plan'>): PlanInForce {
  const config = readConfig(env, packageRoot);
  const files = readKnowledgeFiles(config.knowledgeDir);
  const topics = applySite(compileKnowledge(files), config.site);
  const [topic, ...others] = plan === undefined ? topics : topics.filter(({ id }) => id === plan);
  const ids = topics.map(({ id }) => id);
  if (!topic) throw new ServiceError('bad-request', 'There is no such plan', [`--plan: one of ${ids.join(', ')}`]);
  if (others.length > 0)
    throw new ServiceError('bad-request', 'There are several plans', [`--plan: one of ${ids.join(', ')}`]);
  const said = JSON.stringify([topic.id, files.map(({ resource }) => resource), config.site, config.zone]);
  return { prepared: prepareTopic(topic), config, fingerprint: createHash('sha256').update(said).digest('hex') };
}
