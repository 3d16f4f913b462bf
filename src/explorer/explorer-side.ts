/** What the rule explorer asks: the rules as data, and what the real engine makes of supposed facts. Nothing is kept. */
import type { z } from 'zod';
import { assess, type PreparedTopic } from '../call-service.ts';
import type { Decision } from '../decision/decision.ts';
import { ServiceError } from '../errors.ts';
import type { Moment } from '../evidence/chart.ts';
import type { FhirResource, PlanDefinition } from '../fhir/types.ts';
import { draftVerdicts } from './drafts.ts';
import { type HeatMap, heatMap, heatMapAsked } from './heat-map.ts';
import { type PlanShown, planShown } from './rules.ts';
import { chartSupposed, type Supposed, supposed, valuesSupposed } from './supposed.ts';
import { explained, type WhatIf } from './what-if.ts';

export type ExplorerSide = {
  plans: () => PlanShown[];
  /** @throws ServiceError `bad-request`, `unknown-resource` */
  whatIf: (sent: unknown) => WhatIf;
  /** One at a time. @throws ServiceError `bad-request`, `unknown-resource`, `overloaded` */
  heatMap: (sent: unknown) => Promise<HeatMap>;
};

export type ExplorerParts = {
  topics: PreparedTopic[];
  /** What stands in the knowledge files. */
  resources: FhirResource[];
  environment: () => { moment: Moment; strict: boolean };
  /** Lets other calls in. */
  pause: () => Promise<void>;
};

/** Prepares the side once. */
export function prepareExplorer({ topics, resources, environment, pause }: ExplorerParts): ExplorerSide {
  let shown: PlanShown[] | undefined;
  let isBusy = false;
  const decideOn = (prepared: PreparedTopic) => {
    const { moment, strict } = environment();
    const read = prepared.needs.map(({ type }) => type);
    return (given: Supposed): Decision =>
      assess(prepared, chartSupposed(prepared.topic, given, read, moment), moment, {
        strict,
        supposed: valuesSupposed(prepared.topic, given),
      });
  };
  return {
    plans: () => {
      // Made when it is first asked for: most instances are never looked into.
      shown ??= topics.flatMap(({ topic }) => {
        const plan = resources.find((one) => one.resourceType === 'PlanDefinition' && one.url === topic.url);
        return plan ? [planShown(topic, plan as PlanDefinition)] : [];
      });
      return shown;
    },
    whatIf: (sent) => {
      const given = parsed(supposed, sent);
      const prepared = named(topics, given.plan);
      const { topic } = prepared;
      const decision = decideOn(prepared)(given);
      // First, so that what could not be evaluated for a draft is told with the rest.
      const drafts = draftVerdicts(topic, decision, given.drafts, environment().moment);
      return { ...explained(topic, decision, Object.keys(given.facts)), drafts };
    },
    heatMap: async (sent) => {
      const given = parsed(heatMapAsked, sent);
      const prepared = named(topics, given.plan);
      if (isBusy) throw new ServiceError('overloaded', 'Another heat map is being drawn');
      isBusy = true;
      try {
        return await heatMap(prepared.topic, given, decideOn(prepared), pause);
      } finally {
        isBusy = false;
      }
    },
  };
}

function named(topics: PreparedTopic[], plan: string): PreparedTopic {
  const prepared = topics.find(({ topic }) => topic.url === plan);
  if (!prepared) throw new ServiceError('unknown-resource', 'There is no such plan');
  return prepared;
}

function parsed<Schema extends z.ZodType>(schema: Schema, sent: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(sent);
  if (success) return data;
  const details = error.issues
    .slice(0, 10)
    .map(({ path, code }) => `${path.map(String).join('.').slice(0, 100)}: ${code}`);
  throw new ServiceError('bad-request', 'This cannot be supposed', details);
}
