/** The service that examples of the guide are taken from, and what it is asked. */
import type { Topic } from '../../src/knowledge/topic.ts';
import { hookRequestOf, momentOf } from '../../test/harness/case.ts';
import type { RunningService } from '../../test/harness/service.ts';
import type { Cases } from './claims.ts';

/** The running service, and what it is asked with. */
export type Ask = { cases: Cases; topic: Topic; service: RunningService };

/** The request of a case; all cases of the guide play at the moment at which the service's clock stands. */
export function requestOf({ cases, topic }: Ask, file: string, hook?: string): Record<string, unknown> {
  const found = cases.get(file);
  if (!found) throw new Error(`there is no case ${file}`);
  if (momentOf(found) !== '2026-11-25T10:00:00Z') throw new Error(`${file} plays at another time`);
  return hookRequestOf({ ...found, ...(hook && { hook }) }, topic.questionnaires);
}
