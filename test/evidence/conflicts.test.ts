/** Spec B.1 "Conflicts, in this order". */
import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from '../../src/fhir/types.ts';
import { concept, condition, form, LOINC, observation, quantity, valueIn } from '../harness/chart.ts';

const pulse = (value: number, at: string) =>
  observation('8867-4', { effectiveDateTime: at, valueQuantity: quantity(value, '/min') });
const examined = (present: boolean, at: string) =>
  observation('45712-7', {
    effectiveDateTime: at,
    valueCodeableConcept: concept(present ? 'LA33-6' : 'LA32-8', LOINC),
  });
const said = (name: string, answer: string | number, authored: string, more: object = {}) =>
  form({ [name]: answer }, { id: `${name}-${answer}-${authored}`, authored, ...more });
const by = (response: FhirResource, reference: string) => ({ ...response, source: { reference } });

test('1. discard stale: a "no" of two days ago takes nothing back', () => {
  expect(valueIn('syncope', [said('syncope', 'yes', '{{now-3d}}'), said('syncope', 'no', '{{now-2d}}')])).toBe(true);
});

test('2. per fact keep the newest item of each source', () => {
  expect(valueIn('bleeding', [said('bleeding', 'heavy', '{{now-5h}}'), said('bleeding', 'light', '{{now-1h}}')])).toBe(
    'light',
  );
});

describe('3. a newer explicit "no" after a "yes" is "no"', () => {
  test('from a clinician examination', () => {
    expect(valueIn('backPain', [said('backPain', 'yes', '{{now-3h}}'), examined(false, '{{now-1h}}')])).toBe(false);
    expect(valueIn('backPain', [said('backPain', 'yes', '{{now-1h}}'), examined(false, '{{now-3h}}')])).toBe(true);
  });
  test('from staff who answer the form', () => {
    const answers = [said('syncope', 'yes', '{{now-3h}}'), said('syncope', 'no', '{{now-1h}}', { byStaff: true })];
    expect(valueIn('syncope', answers)).toBe(false);
  });
  test('from the same person answering the same item', () => {
    expect(valueIn('syncope', [said('syncope', 'yes', '{{now-3h}}'), said('syncope', 'no', '{{now-1h}}')])).toBe(false);
  });
  test('not from another person', () => {
    const partner = by(said('syncope', 'no', '{{now-1h}}'), 'RelatedPerson/partner');
    expect(valueIn('syncope', [said('syncope', 'yes', '{{now-3h}}'), partner])).toBe(true);
  });
  test('a Condition is no examination, and its absence no denial', () => {
    expect(valueIn('syncope', [condition('271594007'), said('syncope', 'no', '{{now-30m}}')])).toBe(true);
  });
});

const OWN = [
  'saddleNumbness',
  'bladderBowel',
  'bothLegs',
  'legOneMotor',
  'selfHarmThoughts',
  'selfHarmPlan',
  'partnerViolence',
];
describe('except where only the same person’s own later answer counts', () => {
  test.each(OWN)('%s', (name) => {
    const yes = said(name, 'yes', '{{now-3h}}');
    expect(valueIn(name, [yes, said(name, 'no', '{{now-1h}}', { byStaff: true })])).toBe(true);
    expect(valueIn(name, [yes, by(said(name, 'no', '{{now-1h}}'), 'RelatedPerson/partner')])).toBe(true);
    expect(valueIn(name, [yes, said(name, 'no', '{{now-1h}}')])).toBe(false);
    expect(valueIn(name, [by(yes, 'Practitioner/one'), by(said(name, 'no', '{{now-1h}}'), 'Practitioner/two')])).toBe(
      true,
    );
  });
  test('safeNow: "no" is the positive', () => {
    const unsafe = said('safeNow', 'no', '{{now-3h}}');
    expect(valueIn('safeNow', [unsafe, said('safeNow', 'yes', '{{now-1h}}', { byStaff: true })])).toBe(false);
    expect(valueIn('safeNow', [unsafe, said('safeNow', 'yes', '{{now-1h}}')])).toBe(true);
  });
});

test('4. otherwise any positive wins', () => {
  expect(valueIn('backPain', [said('backPain', 'no', '{{now-1h}}'), examined(true, '{{now-20h}}')])).toBe(true);
});

describe('numbers: the worse value within 60 min, otherwise the newest; same time: the worse', () => {
  test.each<[string, FhirResource[], number]>([
    ['60 min apart', [pulse(135, '{{now-120m}}'), pulse(121, '{{now-60m}}')], 135],
    ['60 min and a second apart', [pulse(135, '{{now-7201s}}'), pulse(121, '{{now-60m}}')], 121],
    ['same time', [pulse(96, '{{now-1h}}'), pulse(131, '{{now-1h}}')], 131],
    ['on both sides of normal, 30 and 20 away', [pulse(20, '{{now-1h}}'), pulse(120, '{{now-1h}}')], 20],
    ['a newer normal value more than an hour later', [pulse(135, '{{now-3h}}'), pulse(84, '{{now-1h}}')], 84],
    ['a newer normal value within the hour', [pulse(135, '{{now-90m}}'), pulse(84, '{{now-1h}}')], 135],
  ])('%s', (_, chart, expected) => {
    expect(valueIn('heartRate', chart)).toBe(expected);
    expect(valueIn('heartRate', chart.toReversed())).toBe(expected);
  });
  test('a severity is the highest of its sources', () => {
    const observed = observation('72514-3', { valueQuantity: quantity(8, '{score}') });
    expect(valueIn('severity', [said('severity', 5, '{{now-30m}}'), observed])).toBe(8);
  });
});
