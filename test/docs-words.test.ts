/** What the decision table says of a condition is what the condition means. */
import { expect, test } from '@jest/globals';
import { readKnowledge } from '../scripts/docs/knowledge.ts';
import { shortened, withoutUuids } from '../scripts/docs/shorten.ts';
import { expressionWords } from '../src/explorer/words/condition-words.ts';
import { openWords } from '../src/explorer/words/open-words.ts';

const { topic } = readKnowledge('.');

test.each([
  ['%syncope', 'fainting'],
  ['%syncope = false', 'fainting: no'],
  ['%severity >= 7', 'pain severity ≥ 7'],
  ["%systolic < 90 'mm[Hg]'", 'systolic blood pressure < 90 mmHg'],
  ["%onsetSpeed = 'sudden'", 'onset of pain: “Yes, within seconds or minutes”'],
  ["%tightenings in ('occasional')", 'tightenings: “Now and then”'],
  [
    "%lastUrine in ('from12To18Hours' | 'over18Hours')",
    'last passed urine: “12 to 18 hours ago” or “More than 18 hours ago”',
  ],
  ["iif(%character.empty(), {}, %character contains 'tearing')", 'character of pain: “Tearing or ripping”'],
  ['%gestationMax >= 140', 'highest possible gestation ≥ 20+0'],
  ['iif(%missedPeriod, true, false)', 'missed period (unknown counts as no)'],
  ['iif(%syncope, false, true)', 'not, or not known to be: fainting'],
  ['%heartRate.exists()', 'pulse is known'],
  ['%heartRate.empty()', 'pulse is not known'],
  ['%reached.empty()', 'not (a rule of some level fires)'],
  ["%firedRules contains 'E08'", 'rule E08 fires'],
  ['%syncope and (%dizzy or %fever)', 'fainting **and** (dizziness on standing **or** fever)'],
])('%s', (expression, words) => {
  expect(expressionWords(expression, topic)).toBe(words);
});

function openOf(ruleId: string, letter: string): string {
  const group = topic.allGroups.find(({ rules }) => rules.some(({ id }) => id === ruleId));
  const alternative = group?.rules
    .find(({ id }) => id === ruleId)
    ?.alternatives.find(({ id }) => id === ruleId + letter);
  if (!group || !alternative) throw new Error(`there is no ${ruleId}${letter}`);
  return openWords(alternative, group, topic);
}

test('when nothing else can be unknown then an open alternative raises nothing', () => {
  expect(openOf('E08', 'a')).toBe('nothing by itself');
});

test('when what is missing is measured then it raises face to face only', () => {
  expect(openOf('E09', 'g')).toContain('not recorded, face to face: same-day');
});

test('when only a risk is true then an open alternative raises nothing: the sign is what points to danger', () => {
  expect(openOf('E15', 'j')).toBe('when “fever” is true and something else is not asked: same-day');
});

test('when an alternative of the day is open then it asks, if the question is needed', () => {
  expect(openOf('U01', 'a')).toContain('not asked, and a safety question that is needed: incomplete');
});

test('when a list is cut then this is said, and what tells is kept', () => {
  const items = ['a', 'b', 'c', 'd'].map((linkId) => ({ linkId }));
  expect(shortened(items)).toEqual([{ linkId: 'a' }, { linkId: 'b' }, '… 2 more']);
  expect(shortened(items, ['d'])).toEqual([{ linkId: 'd' }, '… 3 more']);
});

test('when an answer has uuids then each gets one number', () => {
  const [one, two] = ['3f1c1c5e-6f0a-4a52-9a3e-0d8f9f1f7c11', '5c1f5f0a-6d2b-4b8e-9a55-0c4bb0b9f8d1'];
  expect(withoutUuids(`${one} ${two} ${one}`)).toBe('(uuid 1) (uuid 2) (uuid 1)');
});
