/** Shadow mode: another version of the knowledge beside the active one, after the answer; counted, never shown. */
import type { Logger } from 'pino';
import { assess, type PreparedTopic } from './call-service.ts';
import type { Decision, RuleResult } from './decision/decision.ts';
import type { Chart, Moment } from './evidence/chart.ts';

/** Takes what was decided on what; returns at once and never throws. */
export type Shadow = (chart: Chart, moment: Moment, decision: Decision, strict: boolean) => void;

/** A shadow of one topic. The counts live as long as the process. */
export function shadowOf(active: PreparedTopic, other: PreparedTopic, log: Logger): Shadow {
  const counts = { compared: 0, different: 0, failed: 0 };
  const versions = { service: active.topic.id, active: active.topic.version, shadow: other.topic.version };
  const compare = (chart: Chart, moment: Moment, decision: Decision, strict: boolean) => {
    try {
      const differences = differencesOf(decision, assess(other, chart, moment, { strict }));
      counts.compared += 1;
      if (differences === undefined) return;
      counts.different += 1;
      log.info({ ...versions, ...differences, ...counts }, 'shadow differs');
    } catch {
      // The error may quote what it was about: only that it happened is said.
      counts.failed += 1;
      log.error({ ...versions, ...counts }, 'shadow failed');
    }
  };
  return (chart, moment, decision, strict) => {
    setImmediate(compare, chart, moment, decision, strict);
  };
}

type Differences = {
  levels: { active: string; shadow: string };
  /** Rules as `id=state`, where the two versions differ. */
  onlyActive: string[];
  onlyShadow: string[];
};

/** Public levels and rules only; undefined = the same. */
function differencesOf(active: Decision, shadow: Decision): Differences | undefined {
  const [a, b] = [statesOf(active.results), statesOf(shadow.results)];
  const onlyActive = [...a].filter((state) => !b.has(state)).sort();
  const onlyShadow = [...b].filter((state) => !a.has(state)).sort();
  const levels = { active: levelOf(active), shadow: levelOf(shadow) };
  const same = levels.active === levels.shadow && onlyActive.length + onlyShadow.length === 0;
  return same ? undefined : { levels, onlyActive, onlyShadow };
}

const levelOf = ({ level, silent }: Decision): string => (silent ? 'silent' : (level ?? 'none'));

/** What fires and what raises; an open rule that raises nothing changes no card. */
const statesOf = (results: RuleResult[]): Set<string> =>
  new Set(
    results.flatMap(({ rule, state, raised }) => [
      ...(state === 'fires' ? [`${rule.id}=fires`] : []),
      ...raised.map(({ level }) => `${rule.id}=raises ${level}`),
    ]),
  );
