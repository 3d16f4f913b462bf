/** Spec B.1 "Accepted statuses", one test a sentence. */
import { describe, expect, test } from '@jest/globals';
import { concept, condition, form, observation, quantity, reasonsOf, valueIn } from '../harness/chart.ts';

const clinical = (code: string) => ({
  clinicalStatus: concept(code, 'http://terminology.hl7.org/CodeSystem/condition-clinical'),
});
const verified = (code: string) => ({
  verificationStatus: concept(code, 'http://terminology.hl7.org/CodeSystem/condition-ver-status'),
});
const pulse = (value: number, status: string) =>
  observation('8867-4', { status, valueQuantity: quantity(value, '/min') });

describe('QuestionnaireResponse `completed|amended`: all answers', () => {
  test.each(['completed', 'amended'])('%s', (status) => {
    expect(valueIn('syncope', [form({ syncope: 'yes' }, { status })])).toBe(true);
    expect(valueIn('syncope', [form({ syncope: 'no' }, { status })])).toBe(false);
  });
});

test('QuestionnaireResponse `in-progress`: positives only', () => {
  expect(valueIn('syncope', [form({ syncope: 'yes' }, { status: 'in-progress' })])).toBe(true);
  const denied = [form({ syncope: 'no' }, { status: 'in-progress' })];
  expect(valueIn('syncope', denied)).toBeUndefined();
  expect(reasonsOf('syncope', denied)).toEqual(['negative-of-unfinished']);
});

describe('Observation `final|amended|corrected`: all values', () => {
  test.each(['final', 'amended', 'corrected'])('%s', (status) => {
    expect(valueIn('heartRate', [pulse(80, status)])).toBe(80);
    expect(valueIn('heartRate', [pulse(130, status)])).toBe(130);
  });
});

describe('Observation `preliminary|registered`: positives and abnormals only', () => {
  test.each(['preliminary', 'registered'])('%s', (status) => {
    expect(valueIn('heartRate', [pulse(80, status)])).toBeUndefined();
    expect(valueIn('heartRate', [pulse(101, status)])).toBe(101);
  });
});

describe('ignore `entered-in-error|cancelled`', () => {
  test.each(['entered-in-error', 'cancelled', 'unknown'])('%s', (status) => {
    expect(valueIn('heartRate', [pulse(130, status)])).toBeUndefined();
    expect(reasonsOf('heartRate', [pulse(130, status)])).toEqual(['status']);
  });
});

describe('Condition: `clinicalStatus` active, recurrence, relapse for current facts', () => {
  test.each(['active', 'recurrence', 'relapse'])('%s counts', (code) => {
    expect(valueIn('syncope', [condition('271594007', clinical(code))])).toBe(true);
  });
  test.each(['inactive', 'remission', 'resolved'])('%s is over', (code) => {
    expect(valueIn('syncope', [condition('271594007', clinical(code))])).toBeUndefined();
    expect(reasonsOf('syncope', [condition('271594007', clinical(code))])).toEqual(['status']);
  });
  test('without a clinical status a recorded end says that it is over', () => {
    const unstated = { clinicalStatus: undefined };
    expect(valueIn('syncope', [condition('271594007', unstated)])).toBe(true);
    const ended = { ...unstated, abatementDateTime: '{{now-2h}}' };
    expect(valueIn('syncope', [condition('271594007', ended)])).toBeUndefined();
  });
});

describe('any clinical status except refuted and entered-in-error for history', () => {
  test.each(['active', 'inactive', 'resolved'])('%s counts, however old', (code) => {
    const old = { ...clinical(code), recordedDate: '2011-03' };
    expect(valueIn('previousEctopic', [condition('161763005', old)])).toBe(true);
  });
  test.each(['refuted', 'entered-in-error'])('%s does not', (code) => {
    expect(valueIn('previousEctopic', [condition('161763005', verified(code))])).toBeUndefined();
    expect(reasonsOf('previousEctopic', [condition('161763005', verified(code))])).toEqual(['status']);
  });
});

describe('`provisional|differential|unconfirmed` count as positive', () => {
  test.each(['provisional', 'differential', 'unconfirmed'])('%s', (code) => {
    expect(valueIn('caudaEquinaDx', [condition('192970008', verified(code))])).toBe(true);
  });
});

test('a refuted diagnosis is no denial: it leaves a symptom unknown', () => {
  expect(valueIn('syncope', [condition('271594007', verified('refuted'))])).toBeUndefined();
});
