/** Names bound for expressions beside the items (design/architecture section 2). */
import type { Candidate, Fact, Facts } from '../evidence/fact.ts';
import { withChanged } from '../evidence/fact-sheet.ts';
import type { Evidence } from '../evidence/read-evidence.ts';
import { resolve } from '../evidence/resolve.ts';
import { bindFacts } from '../evidence/unknown.ts';
import type { Bindings } from '../fhir/fhirpath.ts';
import { createEvaluation, type Evaluation } from '../knowledge/evaluate.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { ContextName } from '../knowledge/names.ts';
import { oncePer } from '../knowledge/once-per.ts';
import type { Gate, Topic } from '../knowledge/topic.ts';
import type { GateResult } from '../pregnancy/gate.ts';
import type { PregnancyReading } from '../pregnancy/read-pregnancy.ts';

/** An evaluation over facts and the setting; gate and decision names are bound later. */
export function evaluationOf(topic: Topic, facts: Facts, setting: Bindings): Evaluation {
  const { bindings, partial } = bindFacts(facts, topic.unknown);
  const sizes = { atoms: topic.atoms.length, variables: topic.variableCount };
  return createEvaluation(Object.assign(bindings, setting), partial, sizes);
}

type Names = Partial<Record<ContextName, unknown>>;

/** What the setting and the form say: known before the gate. */
export function settingNames(
  { setting, response }: Evidence,
  { status, end, possible, datingConflict }: PregnancyReading,
): Names {
  return {
    // Nobody is asked to test for a pregnancy that cannot be (spec 0.5).
    pregnancyStatus: status === 'unknown' && !possible ? 'not' : status,
    daysSinceEnd: end?.daysAgo ?? [],
    datingConflict,
    faceToFace: setting.faceToFace,
    responseStatus: response.status,
    responseHours: response.hours ?? [],
  };
}

/** What the gate says. */
export function gateNames({ gates, discord, gestation }: GateResult): Names {
  const holds = (gate: Gate) => gates.has(gate);
  return {
    gatePreg: holds('PREG'),
    gatePoss: holds('POSS'),
    gateDiscord: discord,
    gateEnded: holds('ENDED'),
    gateLatePost: holds('LATEPOST'),
    gateOut: holds('OUT'),
    gestationKnown: gestation.known,
    gestationMin: gestation.min,
    gestationMax: gestation.max,
  };
}

/** "One answer may set another fact, only ever to the positive" (spec B.1). */
export function withSetFacts(topic: Topic, facts: Facts, evaluation: Evaluation): Facts {
  const changed: Fact[] = [];
  for (const { fact, condition, reads } of topic.setBy) {
    const before = facts.get(fact.name);
    if (!before || before.value === true || evaluation.truthOf(condition) !== true) continue;
    const used = reads.flatMap((name) => facts.get(name)?.used ?? []);
    changed.push({ ...before, value: true, unknown: undefined, used });
  }
  if (changed.length === 0) return facts;
  evaluation.bind('facts', Object.fromEntries(changed.map(({ definition }) => [definition.name, true])));
  return withChanged(facts, changed);
}

/** What the dating computes: the location of the pregnancy, never unknown, and whether a positive test persists. */
export function withPregnancy(topic: Topic, facts: Facts, reading: PregnancyReading): Facts {
  const { located, locatedBy, persistingTest } = reading;
  const changed: Fact[] = [];
  for (const { name, role } of datedFacts(topic.facts)) {
    const fact = facts.get(name);
    if (!fact) continue;
    if (role === 'located') changed.push({ ...fact, value: located, unknown: undefined, used: locatedBy });
    if (role === 'persisting' && persistingTest) {
      const { value, test } = persistingTest;
      changed.push({ ...fact, value, unknown: undefined, used: [test] });
    }
  }
  return withChanged(facts, changed);
}

const datedFacts = oncePer((facts: FactDefinition[]) =>
  facts.filter(({ role }) => role === 'located' || role === 'persisting'),
);

/** In gate OUT symptoms and signs count only from submitted answers (spec 0.5); what the chart says beside is left out. */
export function fromAnswersOnly(facts: Facts, { candidates, now, setting: { inHospital } }: Evidence): Facts {
  const changed: Fact[] = [];
  facts.forEach((fact, name) => {
    if (isAnswered(fact)) return;
    const answers = (candidates.get(name) ?? []).filter(isAnswer);
    const answered = resolve(fact.definition, answers, { now, inHospital });
    changed.push(answered.value === undefined ? forgotten(fact) : { ...answered, unknown: undefined });
  });
  return withChanged(facts, changed);
}

const isAnswered = ({ definition, used }: Fact): boolean =>
  definition.class === 'context' || (used.length > 0 && used.every(isAnswer));

const isAnswer = ({ source }: Candidate): boolean => source === 'answer' || source === 'clinician-answer';

const forgotten = (fact: Fact): Fact => ({ ...fact, value: undefined, unknown: 'not-asked', used: [] });
