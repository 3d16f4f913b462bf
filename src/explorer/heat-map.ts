/** Levels over gestation and one number: what a change of either does to supposed facts. */
import { z } from 'zod';
import type { Decision } from '../decision/decision.ts';
import { ServiceError } from '../errors.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { Topic } from '../knowledge/topic.ts';
import { MAX_GESTATION } from '../pregnancy/standard-codes.ts';
import { axes } from './facts.ts';
import { type Supposed, supposed } from './supposed.ts';

export const heatMapAsked = supposed.omit({ gestation: true }).extend({ axis: z.string().max(200) });
export type HeatMapAsked = z.infer<typeof heatMapAsked>;

export type HeatMap = {
  axis: string;
  weeks: number[];
  values: number[];
  /** Codes of levels, a row for each value, a cell for each week; null = nothing is said. */
  levels: (string | null)[][];
};

const ROWS = 11;
const WEEKS = Array.from({ length: MAX_GESTATION / 7 }, (_, week) => week);

/**
 * @param decide the engine
 * @param pause lets other calls in, between cells
 * @throws ServiceError `bad-request`
 */
export async function heatMap(
  topic: Topic,
  { axis, ...given }: HeatMapAsked,
  decide: (given: Supposed) => Decision,
  pause: () => Promise<void>,
): Promise<HeatMap> {
  const fact = axes(topic).find(({ name }) => name === axis);
  if (!fact) throw new ServiceError('bad-request', 'There is no such axis', ['axis: is no number with two bounds']);
  const values = steps(fact);
  const levels: HeatMap['levels'] = [];
  for (const value of values) {
    const row: HeatMap['levels'][number] = [];
    for (const week of WEEKS) {
      const decision = decide({ ...given, facts: { ...given.facts, [axis]: value }, gestation: week * 7 });
      row.push(urgent(topic, decision) ?? null);
      await pause();
    }
    levels.push(row);
  }
  return { axis, weeks: WEEKS, values, levels };
}

/** The more urgent of what the public and the private card say. */
const urgent = ({ groups }: Topic, decision: Decision): string | undefined =>
  groups.find(({ code }) => (code === decision.level && !decision.silent) || code === decision.private.level)?.code;

/** Even steps from bound to bound, whole where the range is wide. */
function steps({ plausible: { low = 0, high = 0 } = {} }: FactDefinition): number[] {
  const step = (high - low) / (ROWS - 1);
  return Array.from({ length: ROWS }, (_, at) => Number((low + at * step).toFixed(step >= 1 ? 0 : 1)));
}
