/** Which plan an operation is about: by id at instance level, else by canonical. */
import type { PreparedTopic } from '../call-service.ts';
import { ServiceError } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import type { OperationCall } from './operation.ts';
import { resourcesGiven, textGiven } from './parameters.ts';

type Named = { plan: Plan; prepared?: undefined } | { plan?: undefined; prepared: PreparedTopic };

/** @throws ServiceError `bad-request`, `unknown-resource`, `refused` for a plan that comes with the request */
export function planNamed({ id, given, served }: OperationCall): Named {
  refuseInline({ given }, 'planDefinition');
  const canonical = textGiven(given, 'url');
  if (id === undefined && canonical === undefined) {
    throw new ServiceError('bad-request', 'It is not said which plan', ['url: is required at type level']);
  }
  const isMeant = (one: { id: string; url: string; version: string }) =>
    id === undefined ? [one.url, `${one.url}|${one.version}`].includes(canonical ?? '') : one.id === id;
  const plan = served.plans.find(isMeant);
  if (plan) return { plan };
  const prepared = served.topics.find(({ topic }) => isMeant(topic));
  if (prepared) return { prepared };
  throw new ServiceError('unknown-resource', 'There is no such plan');
}

/** Expressions never come from a request. @throws ServiceError `refused` */
export function refuseInline({ given }: Pick<OperationCall, 'given'>, name: string): void {
  const [sent] = resourcesGiven(given, name);
  if (!sent) return;
  const text = `A ${sent.resourceType} that comes with a request is not evaluated: name one that is served here`;
  throw new ServiceError('refused', text);
}
