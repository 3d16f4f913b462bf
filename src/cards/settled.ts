/** Findings that were dealt with stand after those that were not, at hooks that ask for it (spec E encounter-discharge). */
import { resolutionOf } from '../decision/resolved.ts';
import type { Resolution } from '../evidence/read-resolutions.ts';
import type { CardContext } from './card-context.ts';
import { documentedIn } from './repeat-control.ts';
import { findingsByLevel, type LevelFindings } from './selection.ts';

/** Findings by level; what is settled comes last, level by level. */
export function findingsAt({ topic, decision, contact }: Omit<CardContext, 'findings'>): LevelFindings[] {
  const all = findingsByLevel(topic, decision.results);
  const { resolutions, hook } = contact;
  if (!resolutions) return all;
  const documented = documentedIn(contact.overrides, topic);
  const split = all.map((findings) => {
    const asks = findings.group.atHook.some((words) => words.hook === hook && words.when === 'unresolved');
    return asks ? separate(findings, settledIn(findings, resolutions, decision.facts, documented)) : { open: findings };
  });
  return [...split.flatMap(({ open }) => nonEmpty(open)), ...split.flatMap(({ settled }) => nonEmpty(settled))];
}

function settledIn(
  { fired, raised }: LevelFindings,
  resolutions: ReadonlyMap<string, Resolution>,
  facts: CardContext['decision']['facts'],
  documented: Resolution | undefined,
): Map<string, Resolution> {
  const settled = new Map<string, Resolution>();
  for (const result of [...fired, ...raised.map((by) => by.result)]) {
    const resolution = resolutionOf(result, facts, resolutions, documented);
    if (resolution) settled.set(result.rule.id, resolution);
  }
  return settled;
}

function separate(
  { group, fired, raised }: LevelFindings,
  settled: Map<string, Resolution>,
): { open: LevelFindings; settled?: LevelFindings } {
  if (settled.size === 0) return { open: { group, fired, raised } };
  const part = (isSettled: boolean) => ({
    group,
    fired: fired.filter(({ rule }) => settled.has(rule.id) === isSettled),
    raised: raised.filter(({ result }) => settled.has(result.rule.id) === isSettled),
  });
  return { open: part(false), settled: { ...part(true), settled } };
}

const nonEmpty = (findings: LevelFindings | undefined): LevelFindings[] =>
  findings && findings.fired.length + findings.raised.length > 0 ? [findings] : [];
