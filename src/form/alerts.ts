/** Rules of the most urgent levels as data, so that a page shows at once what an answer means (spec F.5; ADR 0021). */
import type { Decision } from '../decision/decision.ts';
import { LOOKED_UP } from '../knowledge/names.ts';
import type { Rule, Topic } from '../knowledge/topic.ts';
import { type AlertTree, alertTree, type TreeContext } from './alert-tree.ts';
import { askedOf } from './asked.ts';
import { type Told, toldTo } from './told.ts';

type Alert = { rule: string; tell: Told[]; alternatives: AlertTree[] };

export type Alerts = {
  alerts: Alert[];
  /** Questions whose answers change whom the rules are for: when one is answered, these alerts are asked for anew. */
  renewOn: string[];
};

/** What of a decision an answer can still bring about. What was decided rests on the answers so far. */
export function alertsOf(topic: Topic, decision: Decision, lang: string | undefined): Alerts {
  const asked = new Set(askedOf(topic).map(({ name }) => name));
  const context: TreeContext = { topic, asked, facts: decision.facts, evaluation: decision.evaluation };
  const rules = topic.groups.filter(({ indicator }) => indicator === 'critical').flatMap((group) => group.rules);
  const alerts = rules
    .filter((rule) => !rule.private && [...decision.gates].some((gate) => rule.runsIn.has(gate)))
    .map((rule) => alertOf(rule, decision, context, lang))
    .filter(({ alternatives }) => alternatives.length > 0);
  return { alerts, renewOn: renewOn(topic, asked) };
}

function alertOf(rule: Rule, { gates }: Decision, context: TreeContext, lang: string | undefined): Alert {
  const trees = rule.alternatives.map((alternative) => alertTree(alternative, context));
  return {
    rule: rule.id,
    tell: toldTo(rule.patientTexts, gates, lang),
    alternatives: trees.filter((tree) => !isFalse(tree) && asksSomething(tree)),
  };
}

const isFalse = (tree: AlertTree): boolean => 'is' in tree && tree.is === false;

function asksSomething(tree: AlertTree): boolean {
  if ('item' in tree) return true;
  if ('is' in tree) return false;
  return ('all' in tree ? tree.all : tree.any).some(asksSomething);
}

/** Whom the rules are for follows from the dating items, and from what the plan asks when a pregnancy is denied. */
function renewOn(topic: Topic, asked: ReadonlySet<string>): string[] {
  const { discord, discordEarly, endedStillPossible } = LOOKED_UP;
  const reads = [discord, discordEarly, endedStillPossible].flatMap(
    (name) => topic.variableByName.get(name)?.reads ?? [],
  );
  const dating = topic.facts.filter(({ role }) => role !== undefined).map(({ name }) => name);
  return [...new Set([...dating, ...reads])].filter((name) => asked.has(name));
}
