/** F.1-1 for confidential facts, and 0.3-9: danger told alone raises the private card, and changes no public one. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Card, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import { loadTopics } from '../../src/knowledge/load.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { coreOf } from '../harness/core.ts';
import { caseOf } from './levels.ts';
import { anyPatient, askable, optionsOf, type Patient } from './patients.ts';

const [topic] = loadTopics('.') as [Topic];
const core = coreOf(topic);
const SEED = 20261127;
const codes = topic.groups.map(({ code }) => code);
const dangers = askable(topic)
  .filter(({ confidential }) => confidential)
  .flatMap((fact) => optionsOf(fact, 'positive').map((option) => ({ name: fact.name, option })));

const isPrivate = ({ extension }: Card): boolean => extension[EXTENSION_NAME].confidential;

/** Rank of the private card; lower is less urgent, no card and a card that only asks are the lowest. */
function privateRank(cards: Card[]): number {
  const level = cards.find(isPrivate)?.extension[EXTENSION_NAME].level;
  return level === undefined ? -1 : codes.length - codes.indexOf(level);
}

test('when a confidential answer becomes one of danger then the private level is never lower, and nothing public changes', async () => {
  let raised = 0;
  await fc.assert(
    fc.asyncProperty(anyPatient(topic), fc.nat(dangers.length - 1), async (patient, at) => {
      const { name = '', option = null } = dangers[at] ?? {};
      const changed: Patient = { ...patient, answers: { ...patient.answers, [name]: option } };
      const [was, is] = [await core.cards(caseOf(patient)), await core.cards(caseOf(changed))];
      expect(is.filter((card) => !isPrivate(card))).toEqual(was.filter((card) => !isPrivate(card)));
      expect(is.filter(isPrivate).length).toBeLessThanOrEqual(1);
      const [before, after] = [privateRank(was), privateRank(is)];
      if (after > before) raised += 1;
      if (after < before) throw new Error(`${name}: ${before} -> ${after}`);
    }),
    { numRuns: 2_000, seed: SEED },
  );
  expect(raised).toBeGreaterThan(100);
}, 120_000);
