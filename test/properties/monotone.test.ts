/** F.1-1: what makes danger greater never lowers the level. */
import { test } from '@jest/globals';
import fc from 'fast-check';
import type { FactDefinition } from '../../src/knowledge/fact-definition.ts';
import { loadTopics } from '../../src/knowledge/load.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { coreOf } from '../harness/core.ts';
import { givesWay, outcomeOf } from './levels.ts';
import { type Answer, anyPatient, askable, optionsOf, type Patient, VITAL_SIGNS } from './patients.ts';

const [topic] = loadTopics('.') as [Topic];
const core = coreOf(topic);
const SEED = 20261126;

/** Context facts that rules read as a risk (spec B.4 "used by", without M4 and texts). */
const RISKS = [
  'previousEctopic',
  'tubalDisease',
  'iud',
  'assistedConception',
  'immunosuppressed',
  'cancer',
  'osteoporosis',
  'steroidUse',
  'heparinLong',
  'anticoagulant',
  'neuraxial',
  'vteHistory',
  'thrombophilia',
];
/** Answers in order of danger; only a known answer is raised (an unknown one may be worse than a mild one). */
const GRADES: Record<string, Answer[]> = {
  // That she has back pain is the entry, not a danger: when it was the open question, the answer closes it (0.3-8).
  backPain: ['no', 'yes'],
  severity: [2, 3, 4, 6, 7, 9],
  bleeding: ['none', 'spotting', 'light', 'moderate', 'heavy'],
  tightenings: ['none', 'occasional', 'regular'],
  trauma: ['none', 'minor', 'major'],
  fetalMovement: ['normal', 'less', 'none'],
  lastUrine: ['under12Hours', 'from12To18Hours', 'over18Hours'],
  onsetSpeed: ['gradual', 'sudden'],
  comparedWithUsual: ['same', 'worse'],
};
const NO_DANGER = new Set(['painDuration', 'miscarriageWorry', 'aggravators']);

type Step = { name: string; after: (before: Answer) => Answer | undefined };

const steps: Step[] = [
  ...Object.entries(GRADES).map(([name, grades]): Step => ({ name, after: (before) => next(grades, before) })),
  ...Object.entries(VITAL_SIGNS).flatMap(([name, values]) => vitalSteps(name, values)),
  ...askable(topic)
    .filter(
      ({ name, class: factClass }) => RISKS.includes(name) || (factClass !== 'context' && factClass !== 'private'),
    )
    .filter(({ name }) => !(name in GRADES) && !NO_DANGER.has(name))
    .flatMap(answerSteps),
];

function next(grades: Answer[], before: Answer): Answer | undefined {
  const at = grades.indexOf(before);
  return at < 0 ? undefined : grades[at + 1];
}

/** Away from normal, on either side. */
function vitalSteps(name: string, [normal = 0, ...others]: number[]): Step[] {
  const low = others.filter((value) => value < normal).sort((a, b) => b - a);
  const high = others.filter((value) => value > normal).sort((a, b) => a - b);
  return [low, high].map((side) => ({ name, after: (before) => next([normal, ...side], before) }));
}

function answerSteps(fact: FactDefinition): Step[] {
  return optionsOf(fact, 'positive')
    .filter((option) => fact.kind !== 'choice' || option !== 'trace')
    .map((option) => ({
      name: fact.name,
      after: (before) => {
        if (fact.kind !== 'choices') return before === option ? undefined : option;
        // A first tick also denies the options beside it: only a further tick is nothing but more danger.
        if (!Array.isArray(before) || before.includes('notSure') || before.includes(option)) return undefined;
        return [...before.filter((code) => code !== 'none'), option];
      },
    }));
}

test('F.1-1 when a danger fact becomes true or a number goes further from normal then the level is never lower', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(anyPatient(topic), fc.nat(steps.length - 1), async (patient, at) => {
      const step = steps[at];
      const before = step && patient.answers[step.name];
      const worse = step && before !== undefined ? step.after(before) : undefined;
      if (!step || worse === undefined) return;
      const changed: Patient = { ...patient, answers: { ...patient.answers, [step.name]: worse } };
      const [was, is] = [await outcomeOf(core, patient), await outcomeOf(core, changed)];
      compared += 1;
      if (is.rank >= was.rank || givesWay(was, is)) return;
      throw new Error(
        `${step.name} ${JSON.stringify(before)} -> ${JSON.stringify(worse)}: ${was.level} (${was.fired} | ${was.open}) -> ${is.level} (${is.fired} | ${is.open})`,
      );
    }),
    { numRuns: 6_000, seed: SEED },
  );
  if (compared < 2_000) throw new Error(`only ${compared} comparisons`);
}, 120_000);
