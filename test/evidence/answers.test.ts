/** Spec B.1 "Answers", "Compound items", "One answer may set another fact", "Negative codes". */
import { describe, expect, test } from '@jest/globals';
import type { Coding } from '../../src/fhir/types.ts';
import {
  concept,
  condition,
  decide,
  factOf,
  finding,
  form,
  observation,
  quantity,
  reasonsOf,
  SNOMED,
  valueIn,
} from '../harness/chart.ts';

const V2 = 'http://terminology.hl7.org/CodeSystem/v2-0532';
const NULLS = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';
const answer = (linkId: string, value: object) => ({
  ...form({ syncope: 'yes' }),
  item: [{ linkId, answer: [value] }],
});
const coded = (linkId: string, valueCoding: Coding) => [answer(linkId, { valueCoding })];

describe('accepted answers: Y, N, UNK, ASKU, NASK and valueBoolean', () => {
  test.each<[string, string, boolean | undefined]>([
    [V2, 'Y', true],
    [V2, 'N', false],
    [V2, 'UNK', undefined],
    [NULLS, 'ASKU', undefined],
    [NULLS, 'NASK', undefined],
    [NULLS, 'UNK', undefined],
  ])('%s %s', (system, code, expected) =>
    expect(valueIn('syncope', coded('syncope', { system, code }))).toBe(expected),
  );
  test('valueBoolean', () => {
    expect(valueIn('syncope', [answer('syncope', { valueBoolean: true })])).toBe(true);
    expect(valueIn('syncope', [answer('syncope', { valueBoolean: false })])).toBe(false);
  });
});

test('`notSure` is unknown, and known as such', () => {
  const fact = factOf('syncope', [form({ syncope: 'notSure' })]);
  expect([fact.value, fact.unknown]).toEqual([undefined, 'not-sure']);
});

describe('free text is shown, never interpreted', () => {
  test.each([
    ['an answer', 'syncope', answer('syncope', { valueString: 'yes, I fainted' })],
    ['an Observation', 'backPain', observation('45712-7', { valueString: 'yes' })],
    ['a concept without code', 'backPain', observation('45712-7', { valueCodeableConcept: { text: 'yes' } })],
    ['a number in words', 'heartRate', observation('8867-4', { valueString: '140/min' })],
  ])('%s', (_, name, resource) => {
    const { value, setAside } = factOf(name, [resource]);
    expect(value).toBeUndefined();
    expect(setAside.map(({ reason, recorded }) => [reason, recorded])).toEqual([
      ['text-only', expect.stringMatching(/yes|140/)],
    ]);
  });
  test('the text of a Condition is not matched', () => {
    expect(valueIn('syncope', [condition('', { code: { text: 'Syncope' } })])).toBeUndefined();
  });
});

describe('negative codes are negatives; text never is', () => {
  test.each(['2667000', '260385009', '260415000', '373067005'])('SNOMED %s', (code) => {
    expect(valueIn('backPain', [observation('45712-7', { valueCodeableConcept: concept(code) })])).toBe(false);
  });
  test('value N', () => {
    expect(valueIn('backPain', [observation('45712-7', { valueCodeableConcept: concept('N', V2) })])).toBe(false);
  });
  test('a code that means absent in a Condition', () => {
    expect(valueIn('rhNegative', [condition('165747007')])).toBe(false);
  });
  test('words that say no', () => {
    const denied = { ...concept('271594007'), text: 'No syncope' };
    expect(valueIn('syncope', [condition('271594007', { code: denied })])).toBe(true);
  });
});

describe('one answer may set another fact, only ever to the positive', () => {
  const degrees = (value: number) => observation('8310-5', { valueQuantity: quantity(value, 'Cel') });
  test('temperature ≥ 38.0 sets fever', () => {
    expect(valueIn('fever', [degrees(38)])).toBe(true);
    expect(valueIn('fever', [degrees(37.9)])).toBeUndefined();
    expect(valueIn('fever', [degrees(38), form({ fever: 'no' })])).toBe(true);
  });
  test('painSpread:bothLegs sets bothLegs', () => {
    expect(valueIn('bothLegs', [form({ painSpread: ['bothLegs'], bothLegs: 'no' })])).toBe(true);
    expect(valueIn('bothLegs', [form({ painSpread: ['oneLeg'] })])).toBeUndefined();
  });
  test('unconscious sets altered', () => {
    expect(valueIn('altered', [form({ unconscious: 'yes' }, { byStaff: true })])).toBe(true);
    expect(valueIn('altered', [form({ unconscious: 'no' }, { byStaff: true })])).toBeUndefined();
  });
  test('steroidUse sets immunosuppressed', () => {
    expect(valueIn('immunosuppressed', [form({ steroidUse: 'yes' })])).toBe(true);
    expect(valueIn('immunosuppressed', [form({ steroidUse: 'no' })])).toBeUndefined();
  });
  test('constantSevere is only an explicit tick', () => {
    expect(valueIn('character', [form({ severity: 10 })])).toBeUndefined();
  });
});

describe('compound items: any yes is yes; no only if every part is negative or the item itself is answered no', () => {
  const [retention, loss] = ['267064002', '165232002'];
  test('any yes', () => expect(valueIn('bladderBowel', [finding(loss, true), finding(retention, false)])).toBe(true));
  test('a newer denial of one part does not take another part back', () => {
    const chart = [finding(loss, true, { effectiveDateTime: '{{now-5h}}' }), finding(retention, false)];
    expect(valueIn('bladderBowel', chart)).toBe(true);
  });
  test('every coded part denied, but not the others', () => {
    const denied = [finding(loss, false), finding(retention, false)];
    expect(valueIn('bladderBowel', denied)).toBeUndefined();
    expect(reasonsOf('bladderBowel', denied)).toEqual(['part-only', 'part-only']);
  });
  test('the item itself', () => expect(valueIn('bladderBowel', [form({ bladderBowel: 'no' })])).toBe(false));
});

describe('a multiple choice', () => {
  const options = (...codes: string[]) => form({ painLocation: codes });
  test('options of several sources are joined', () => {
    expect(valueIn('painLocation', [options('lowBack'), condition('247355005')])).toEqual(['lowBack', 'oneSidedFlank']);
  });
  test('a chart alone says nothing about the other options', () => {
    const fact = factOf('painLocation', [condition('247355005')]);
    expect([fact.value, fact.complete]).toEqual([['oneSidedFlank'], false]);
  });
});

test('an answer is looked for at any depth, and only in the topic’s own forms', () => {
  const { item: inner } = form({ syncope: 'yes' }) as { item?: object[] };
  const deep = { ...form({ dizzy: 'yes' }), item: [{ linkId: 'a', item: [{ linkId: 'b', item: inner }] }] };
  expect(valueIn('syncope', [deep])).toBe(true);
  expect(valueIn('syncope', [{ ...deep, questionnaire: 'http://example.org/Questionnaire/other' }])).toBeUndefined();
});

test('an unmapped system of a known code is no answer', () => {
  expect(decide(coded('syncope', { system: `${SNOMED}/x`, code: 'Y' })).facts.get('syncope')?.value).toBeUndefined();
});
