/** Random patients as clinical cases: answers, vital signs, diagnoses, dating, setting (fast-check). */
import fc from 'fast-check';
import type { FhirResource } from '../../src/fhir/types.ts';
import type { FactDefinition } from '../../src/knowledge/fact-definition.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import type { ClinicalCase } from '../harness/case.ts';

export type Answer = string | number | string[] | null;
type Situation = Pick<ClinicalCase, 'gestation' | 'located' | 'faceToFace' | 'chart'>;
export type Patient = { situation: Situation; answers: Record<string, Answer> };

/** Values on both sides of every threshold of the vital signs; the first is normal. */
export const VITAL_SIGNS: Record<string, number[]> = {
  temperature: [37, 35.9, 36, 37.9, 38, 39],
  heartRate: [84, 49, 50, 99, 100, 101, 120, 121, 129, 130],
  systolic: [112, 89, 90, 91, 99, 100, 101, 139, 140, 159, 160],
  diastolic: [70, 59, 60, 89, 90, 109, 110],
  respiratoryRate: [16, 9, 10, 20, 21, 24, 25, 30, 31],
  oxygenSaturation: [98, 91, 92, 94, 95],
};

/** Days on both sides of every band. */
const GESTATIONS = [41, 42, 69, 97, 98, 111, 112, 139, 140, 167, 168, 195, 196, 237, 251, 252, 258, 259, 280];

/** How often something is denied, not asked, not sure; what is left is positive. In hundredths. */
const PROFILES = [
  { denied: 100, notAsked: 0, notSure: 0 },
  { denied: 96, notAsked: 2, notSure: 1 },
  { denied: 90, notAsked: 4, notSure: 2 },
  { denied: 55, notAsked: 25, notSure: 10 },
  { denied: 20, notAsked: 70, notSure: 5 },
];

/** Questions whose answers a situation may hold; dating items stand in the situation. */
export const askable = (topic: Topic): FactDefinition[] =>
  topic.facts.filter(
    ({ class: factClass, readOnly, role, kind }) =>
      !readOnly && role === undefined && (kind === 'boolean' || kind === 'choice' || kind === 'choices') && factClass,
  );

/** A patient; `profile` decides how much is wrong with her. */
export function anyPatient(topic: Topic): fc.Arbitrary<Patient> {
  const questions = askable(topic);
  return fc
    .record({
      situation: anySituation,
      profile: fc.constantFrom(...PROFILES),
      rolls: fc.array(fc.nat(99), { minLength: questions.length, maxLength: questions.length }),
      severity: fc.constantFrom<Answer>(2, 3, 4, 6, 7, 9, null),
      backPain: fc.constantFrom<Answer>('yes', 'yes', 'yes', 'no', 'notSure', null),
      vitals: fc.record(Object.fromEntries(Object.entries(VITAL_SIGNS).map(([name, values]) => [name, vital(values)]))),
    })
    .map(({ situation, profile, rolls, severity, backPain, vitals }) => {
      const answers = questions.map((fact, at) => [fact.name, answerOf(fact, rolls[at] ?? 0, profile)]);
      return { situation, answers: { ...Object.fromEntries(answers), ...vitals, severity, backPain } };
    });
}

const vital = (values: number[]): fc.Arbitrary<Answer> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Answer>(null) },
    { weight: 4, arbitrary: fc.constant<Answer>(values[0] ?? null) },
    { weight: 1, arbitrary: fc.constantFrom<Answer>(...values) },
  );

function answerOf(
  fact: FactDefinition,
  roll: number,
  { denied, notAsked, notSure }: (typeof PROFILES)[number],
): Answer {
  if (roll < denied) return denial(fact);
  if (roll < denied + notAsked) return null;
  const options = optionsOf(fact, 'positive');
  const option = roll < denied + notAsked + notSure ? 'notSure' : (options[roll % options.length] ?? 'notSure');
  return fact.kind === 'choices' ? [option] : option;
}

/** `no`, `none` or whatever denies; what cannot be denied takes its last option. */
export function denial(fact: FactDefinition): Answer {
  const [option = optionsOf(fact, 'positive').at(-1) ?? null] = optionsOf(fact, 'negative');
  return fact.kind === 'choices' && option !== null ? [option] : option;
}

/** Answers with this meaning, in the words of a case. */
export function optionsOf({ options, kind }: FactDefinition, meaning: string): string[] {
  const codes = options.filter((option) => option.meaning === meaning).map(({ coding }) => coding.code ?? '');
  return kind === 'boolean' ? codes.map((code) => (code === 'Y' ? 'yes' : 'no')) : codes;
}

const snomed = (code: string, age: string): FhirResource =>
  ({
    resourceType: 'Condition',
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
    },
    code: { coding: [{ system: 'http://snomed.info/sct', code }] },
    recordedDate: age,
  }) as FhirResource;

const PREGNANT = snomed('77386006', '{{now-20d}}');
const weeks = (days: number) => `${Math.floor(days / 7)}+${days % 7}`;

const anySituation: fc.Arbitrary<Situation> = fc
  .record({
    dated: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...GESTATIONS) },
      { weight: 2, arbitrary: fc.constant(undefined) },
    ),
    located: fc.boolean(),
    faceToFace: fc.boolean(),
    ended: fc.oneof(
      { weight: 5, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.constantFrom(10, 42, 43, 200) },
    ),
    diagnosis: fc.oneof(
      { weight: 12, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom('192970008', '34801009', '45816000', '703619001') },
    ),
  })
  .map(({ dated, located, faceToFace, ended, diagnosis }) => {
    const diagnoses = diagnosis ? [snomed(diagnosis, '{{now-1d}}')] : [];
    if (ended > 0) return { faceToFace, chart: [snomed('289256000', `{{now-${ended}d}}`), ...diagnoses] };
    if (dated === undefined) return { located, faceToFace, chart: [PREGNANT, ...diagnoses] };
    return { gestation: weeks(dated), located, faceToFace, chart: diagnoses };
  });
