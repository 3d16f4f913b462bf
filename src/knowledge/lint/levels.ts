/** Level groups: named, coded, ordered by a known indicator, raising to levels that exist. */
import { milliseconds } from '../../fhir/durations.ts';
import { extensionNamed } from '../../fhir/extensions.ts';
import type { PlanDefinitionAction } from '../../fhir/types.ts';
import type { Problem } from '../sources.ts';
import { alwaysOn, type LevelGroup } from '../topic.ts';
import { problems, type Subject } from './subject.ts';
import { textsOf, toldCodes, untold } from './told-texts.ts';

/** CDS Hooks: a summary has fewer than 140 characters. */
const SUMMARY_LIMIT = 139;
const MORE = ' (+99 more)';

/** Findings about the level groups of a plan, and about the summaries they give. */
export function wrongLevels({ topic, plan, file }: Subject): Problem[] {
  const actions = (plan.action ?? []).flatMap((root) => root.action ?? []);
  if (actions.length === 0) return problems(file, topic.id, ['the plan has no level groups']);
  const codes = topic.allGroups.map(({ code }) => code);
  const never = [...alwaysOn(topic), ...topic.orderGroups];
  const texts = textsOf(plan);
  return topic.allGroups.flatMap((group, at) => [
    ...problems(file, actions[at]?.id ?? group.code, [
      ...wrongGroup(actions[at], codes),
      ...untold(toldCodes([actions[at]]), texts),
      ...group.raises
        .filter(({ level }) => !codes.includes(level))
        .map(({ level }) => `\`raise-when-open\` names the unknown level ${level}`),
      ...wrongSilence(group, never, actions[at]),
    ]),
    ...group.rules.flatMap(({ id, title }) => problems(file, id, longSummaries(title, group, topic.allGroups))),
  ]);
}

function wrongGroup(action: PlanDefinitionAction | undefined, codes: string[]): string[] {
  const reasons: string[] = [];
  const code = action?.code?.[0]?.coding?.[0]?.code;
  if (!action?.id) reasons.push('the level group has no id');
  if (!action?.title) reasons.push('the level group has no title: summaries begin with it');
  if (!code) reasons.push('the level group has no code');
  else if (codes.indexOf(code) !== codes.lastIndexOf(code)) reasons.push(`two level groups have the code ${code}`);
  const target = extensionNamed(action, 'level-target')?.valueDuration;
  if (target && milliseconds(target) === undefined)
    reasons.push('`level-target` has no fixed length: use wk, d, h or min');
  return reasons;
}

/** What is urgent, unknown or about an order is shown whatever was said of it before (spec C.2-8, F.1-9). */
function wrongSilence(group: LevelGroup, never: LevelGroup[], action: PlanDefinitionAction | undefined): string[] {
  if (!extensionNamed(action, 'override-silences')) return [];
  if (group.silencedFor === undefined) return ['`override-silences` has no fixed length: use wk, d, h or min'];
  return never.includes(group) || group.indicator === 'critical'
    ? ['`override-silences` stands at a level that is always shown again']
    : [];
}

/** A rule is summarised under its own level, and as open under the levels it raises to. */
function longSummaries(rule: string, group: LevelGroup, groups: LevelGroup[]): string[] {
  const raised = groups.filter(({ code }) => group.raises.some(({ level }) => level === code));
  const wordsOf = ({ title, atHook }: LevelGroup) => [title, ...atHook.map(({ words }) => words)];
  const fired = wordsOf(group).map((words) => `${words}: ${rule}${MORE}`);
  const open = [group, ...raised].flatMap(wordsOf).map((words) => `${words}: cannot exclude ${rule}${MORE}`);
  const longest = Math.max(...(group.raises.length > 0 ? [...fired, ...open] : fired).map(lengthOf));
  if (longest <= SUMMARY_LIMIT) return [];
  return [`its summary may take ${longest} characters: a summary has fewer than ${SUMMARY_LIMIT + 1}`];
}

const lengthOf = (text: string): number => [...text].length;
