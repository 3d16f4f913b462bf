/** Levels of a patient's public card, compared by rank (spec 0.1). */
import { EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import type { ClinicalCase } from '../harness/case.ts';
import type { Core } from '../harness/core.ts';
import type { Patient } from './patients.ts';

const RANKS = ['self-care', 'routine', 'soon', 'incomplete', 'same-day', 'emergency'];

export type Outcome = { level: string | undefined; rank: number; fired: string[]; open: string[]; notAsked: string[] };

/** A patient as a case. */
export const caseOf = ({ situation, answers }: Patient): ClinicalCase => ({
  title: 'generated',
  spec: 'F.1',
  ...situation,
  form: { answers },
  expect: {},
});

/** What the public card says of a patient; no card ranks below all levels. */
export async function outcomeOf(core: Core, patient: Patient): Promise<Outcome> {
  const cards = await core.cards(caseOf(patient));
  const said = cards.map(({ extension }) => extension[EXTENSION_NAME]).find(({ confidential }) => !confidential);
  const { level, fired = [], open = [], notAsked = [] } = said ?? {};
  return { level, rank: level === undefined ? -1 : RANKS.indexOf(level), fired, open, notAsked };
}

/** 0.3-8: "incomplete" that stood for want of one answer gives way to the rule that the answer fires. */
export function givesWay(before: Outcome, after: Outcome): boolean {
  const standing = before.fired.filter((id) => id.startsWith('D0'));
  const onlyMissing = standing.every((id) => id === 'D01-none' || id === 'D01-i');
  return before.level === 'incomplete' && after.level === 'soon' && onlyMissing && before.notAsked.length <= 1;
}
