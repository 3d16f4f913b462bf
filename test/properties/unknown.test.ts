/** F.1-2 and F.1-3: what is not known is never taken for a "no", nor for an early or late pregnancy. */
import { test } from '@jest/globals';
import fc from 'fast-check';
import type { Decision } from '../../src/decision/decision.ts';
import type { FhirResource } from '../../src/fhir/types.ts';
import { atomsOf } from '../../src/knowledge/condition.ts';
import { loadTopics } from '../../src/knowledge/load.ts';
import type { Alternative, Topic } from '../../src/knowledge/topic.ts';
import { coreOf } from '../harness/core.ts';
import { caseOf, givesWay, outcomeOf } from './levels.ts';
import { anyPatient, type Patient } from './patients.ts';

const [topic] = loadTopics('.') as [Topic];
const core = coreOf(topic);
const SEED = 20261126;
const RANK = { sameDay: 4, incomplete: 3 };

const withAnswer = (patient: Patient, name: string, answer: string | null): Patient => ({
  ...patient,
  answers: { ...patient.answers, [name]: answer },
});

/** Symptoms that an alternative reads and that are known. */
function symptomsOf(alternative: Alternative, { facts }: Decision): string[] {
  const names = new Set(atomsOf(alternative.condition).flatMap(({ reads }) => reads));
  return [...names].filter((name) => {
    const fact = facts.get(name);
    return fact?.definition.class === 'symptom' && fact.value !== undefined;
  });
}

test('F.1-2 when a symptom of a fired emergency rule is not asked then she is at least same-day, or asked now', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      anyPatient(topic),
      fc.nat(1_000),
      fc.constantFrom('notSure', null),
      async (patient, pick, unknown) => {
        const before = await core.decision(caseOf(patient));
        const [emergency] = topic.groups;
        const fired = before.results.filter(({ state, rule }) => state === 'fires' && rule.level === emergency?.code);
        const alternatives = fired.flatMap(({ rule, fired: list }) =>
          list.map((alternative) => ({ rule, alternative })),
        );
        const chosen = alternatives[pick % Math.max(alternatives.length, 1)];
        const symptoms = chosen ? symptomsOf(chosen.alternative, before) : [];
        const name = symptoms[pick % Math.max(symptoms.length, 1)];
        if (!chosen || !name || typeof patient.answers[name] === 'object') return;
        const changed = withAnswer(patient, name, name === 'severity' ? null : unknown);
        const after = await core.decision(caseOf(changed));
        const open = after.results.find(({ rule }) => rule === chosen.rule);
        const alternative = open?.open.find((one) => one.alternative === chosen.alternative);
        if (alternative?.kind !== 'asked') return;
        const { rank, level } = await outcomeOf(core, changed);
        const asked = !after.gates.has('LATEPOST') && !after.gates.has('OUT');
        const needed = asked && after.inPathway && after.unanswered.some((fact) => fact.name === name);
        const least = alternative.discriminating.length > 0 ? RANK.sameDay : needed ? RANK.incomplete : -1;
        compared += 1;
        if (rank < least && !after.gates.has('OUT')) {
          throw new Error(`${chosen.rule.id} ${chosen.alternative.id} without ${name}: ${level}`);
        }
      },
    ),
    { numRuns: 8_000, seed: SEED },
  );
  if (compared < 2_000) throw new Error(`only ${compared} comparisons`);
}, 120_000);

const PREGNANT = {
  resourceType: 'Condition',
  clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
  code: { coding: [{ system: 'http://snomed.info/sct', code: '77386006' }] },
  recordedDate: '{{now-20d}}',
} as FhirResource;

/** The same person, whose chart says that she is pregnant but not how long. */
function undated({ situation, answers }: Patient): Patient {
  const { gestation: _, ...others } = situation;
  return { situation: { ...others, chart: [...(situation.chart ?? []), PREGNANT] }, answers };
}

test('F.1-3 when the gestation is not known then the level is at least that of any gestation', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(anyPatient(topic), async (patient) => {
      if (patient.situation.gestation === undefined || patient.answers.fetalMovement === 'notYetFelt') return;
      const [known, unknown] = [await outcomeOf(core, patient), await outcomeOf(core, undated(patient))];
      compared += 1;
      if (unknown.rank < known.rank && !givesWay(known, unknown)) {
        throw new Error(
          `${patient.situation.gestation}: ${known.level} (${known.fired} | ${known.open}), unknown: ${unknown.level} (${unknown.fired} | ${unknown.open})`,
        );
      }
    }),
    { numRuns: 4_500, seed: SEED },
  );
  if (compared < 2_000) throw new Error(`only ${compared} comparisons`);
}, 120_000);
