/** Facts + topic -> Decision. Level groups from the top, each seeing what stands above it (spec 0.3). */
import type { Facts } from '../evidence/fact.ts';
import type { Evidence } from '../evidence/read-evidence.ts';
import type { Evaluation, Truth } from '../knowledge/evaluate.ts';
import { LOOKED_UP } from '../knowledge/names.ts';
import type { HookNote, Topic } from '../knowledge/topic.ts';
import { type GateResult, gateOf } from '../pregnancy/gate.ts';
import type { PregnancyReading } from '../pregnancy/read-pregnancy.ts';
import { evaluationOf, fromAnswersOnly, gateNames, settingNames, withPregnancy, withSetFacts } from './bindings.ts';
import { readClosing } from './closing.ts';
import type { Decision, PrivateFindings, RuleResult } from './decision.ts';
import { createDecisionNames } from './decision-names.ts';
import { evaluateRule, type OpenContext } from './evaluate-rule.ts';
import { anyIn, inOrder } from './rule-order.ts';

/** What the call adds to what is known of the patient. */
export type DecideOptions = {
  /** The hook, whose notes are looked at. */
  hook?: string | undefined;
  /** The site's policy for what is incomplete is strict (spec 0.3 end). */
  strict?: boolean | undefined;
};

/** Decides: every rule with its truth and reasons, and the level. */
export function decide(
  topic: Topic,
  evidence: Evidence,
  pregnancy: PregnancyReading,
  { hook, strict = false }: DecideOptions = {},
): Decision {
  const setting = settingNames(evidence, pregnancy);
  const read = withPregnancy(topic, evidence.facts, pregnancy);
  let evaluation = evaluationOf(topic, read, setting);
  const all = withSetFacts(topic, read, evaluation);
  const gate = chooseGate(topic, evidence, pregnancy, evaluation);
  let facts = all;
  if (gate.gates.has('OUT')) {
    const answered = fromAnswersOnly(read, evidence);
    evaluation = evaluationOf(topic, answered, setting);
    facts = withSetFacts(topic, answered, evaluation);
  }
  evaluation.bind('gate', gateNames(gate));
  const inPathway = lookUp(topic, evaluation, LOOKED_UP.inPathway) !== false;
  const { unanswered, allClosed } = readClosing(topic.closing, facts, evaluation, inPathway);
  evaluation.bind('decision', { closingUnanswered: unanswered.length > 0, allClosed });
  const context: OpenContext = {
    gates: gate.gates,
    faceToFace: evidence.setting.faceToFace,
    unanswered,
    strict: strict && inPathway,
  };
  const results = evaluateGroups(topic, evaluation, facts, context);
  const finished = results.map((result) => finish(result, evaluation));
  const silent = lookUp(topic, evaluation, LOOKED_UP.silent) === true;
  const notes = topic.hookNotes.filter((note) => isPrinted(note, hook, evidence, evaluation));
  const failures = [...evaluation.failures];
  return {
    gates: gate.gates,
    discord: gate.discord,
    gestation: gate.gestation,
    pregnancy,
    evidence,
    facts,
    results: finished,
    level: highest(topic, results),
    unanswered,
    inPathway,
    silent,
    unreadStatus: unreadStatus(topic, evidence, gate, pregnancy),
    failures,
    notes,
    evaluation,
    // Last, when nothing that is public is read any more; it binds nothing.
    private: decidePrivately(topic, evaluation, facts, context),
  };
}

function chooseGate(topic: Topic, evidence: Evidence, pregnancy: PregnancyReading, before: Evaluation): GateResult {
  const ask = {
    discord: lookUp(topic, before, LOOKED_UP.discord),
    discordEarly: lookUp(topic, before, LOOKED_UP.discordEarly),
    endedStillPossible: lookUp(topic, before, LOOKED_UP.endedStillPossible),
    responded: evidence.response.status !== 'none',
  };
  return gateOf(pregnancy, ask);
}

function lookUp(topic: Topic, evaluation: Evaluation, name: string): Truth {
  const variable = topic.variableByName.get(name);
  return variable && evaluation.truthOf({ kind: 'named', variable });
}

function evaluateGroups(topic: Topic, evaluation: Evaluation, facts: Facts, context: OpenContext): RuleResult[] {
  const results: RuleResult[] = [];
  const names = createDecisionNames();
  for (const { group, rules } of inOrder(topic.groups).public) {
    for (const rule of rules) {
      if (!anyIn(context.gates, rule.runsIn)) continue;
      const result = evaluateRule(rule, group, evaluation, facts, context);
      results.push(result);
      names.add(result);
    }
    // What is ruled out tells the next group nothing.
    const changed = names.changed();
    if (changed) evaluation.bind('decision', changed);
  }
  return results;
}

/** The rules over confidential facts, over what everything else has decided. */
function decidePrivately(topic: Topic, evaluation: Evaluation, facts: Facts, context: OpenContext): PrivateFindings {
  const before = evaluation.failures.length;
  const results = inOrder(topic.groups).private.flatMap(({ group, rules }) =>
    rules
      .filter(({ runsIn }) => anyIn(context.gates, runsIn))
      .map((rule) => finish(evaluateRule(rule, group, evaluation, facts, context), evaluation)),
  );
  return { results, level: highest(topic, results), failures: evaluation.failures.slice(before) };
}

function isPrinted(note: HookNote, hook: string | undefined, { setting }: Evidence, evaluation: Evaluation): boolean {
  const { hooks, encounterClasses, when } = note;
  if (hook === undefined || !hooks.includes(hook)) return false;
  const isHere = encounterClasses.length === 0 || encounterClasses.includes(setting.encounter?.class?.code ?? '');
  return isHere && (when === undefined || evaluation.truthOf(when) !== false);
}

/** What of a rule that fires depends on the whole decision: suppression, and its actions. An action that may apply is kept. */
export function finish(result: RuleResult, evaluation: Evaluation): RuleResult {
  if (result.state !== 'fires') return result;
  const { suppressedWhen, actions } = result.rule;
  return {
    ...result,
    suppressed: suppressedWhen !== undefined && evaluation.truthOf(suppressedWhen) === true,
    actions: actions.filter(({ conditions }) => conditions.every((c) => evaluation.truthOf(c) !== false)),
  };
}

function highest(topic: Topic, results: RuleResult[]): string | undefined {
  const reached = new Set<string>();
  for (const { state, rule, raised } of results) {
    if (state === 'fires') reached.add(rule.level);
    for (const { level } of raised) reached.add(level);
  }
  return topic.groups.find(({ code }) => reached.has(code))?.code;
}

/** A gate that is OUT while a source of the status could not be read is no "not pregnant" (architecture section 4). */
function unreadStatus(topic: Topic, evidence: Evidence, gate: GateResult, { possible }: PregnancyReading): string[] {
  if (!gate.gates.has('OUT') || !possible) return [];
  const sources = topic.facts
    .filter(({ role }) => role !== undefined)
    .flatMap((fact) => [
      ...fact.sources.map(({ resource }) => resource),
      ...(fact.readOnly ? [] : ['QuestionnaireResponse']),
    ]);
  return unique(sources).filter((type) => evidence.unread.includes(type));
}

const unique = (texts: string[]): string[] => [...new Set(texts)];
