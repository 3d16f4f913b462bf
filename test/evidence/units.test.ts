/** Spec B.1 "Units" and "Plausible range". */
import { describe, expect, test } from '@jest/globals';
import { observation, quantity, reasonsOf, valueIn } from '../harness/chart.ts';

const measured = (code: string, value: number, unit: string) =>
  observation(code, { valueQuantity: quantity(value, unit) });

describe('convert by UCUM', () => {
  test.each<[string, string, number, string, number]>([
    ['temperature', '8310-5', 100.4, '[degF]', 38],
    ['temperature', '8310-5', 311.15, 'K', 38],
    ['systolic', '8480-6', 12.666, 'kPa', 95.0029],
    ['heartRate', '8867-4', 84, '{beats}/min', 84],
    ['respiratoryRate', '9279-1', 18, '{breaths}/min', 18],
    ['oxygenSaturation', '59408-5', 97, '%', 97],
    ['hcg', '19080-1', 1500, 'm[IU]/mL', 1500],
    ['hcg', '19080-1', 1.5, 'k[IU]/L', 1500],
    ['hcg', '19080-1', 1500, '[IU]/L', 1500],
    ['haemoglobin', '718-7', 112, 'g/L', 11.2],
    ['haemoglobin', '718-7', 7, 'mmol/L', 11.2798],
    ['lactate', '2524-7', 2100, 'umol/L', 2.1],
  ])('%s %s: %d %s', (name, code, value, unit, expected) => {
    expect(valueIn(name, [measured(code, value, unit)])).toBeCloseTo(expected, 3);
  });
});

describe('no usable unit: unknown, never guessed', () => {
  const bare = (code: string, valueQuantity: object) => [observation(code, { valueQuantity })];
  test.each<[string, string, string, object, string]>([
    ['no unit', 'temperature', '8310-5', { value: 39 }, 'no-unit'],
    ['unit in words only', 'temperature', '8310-5', { value: 102, unit: 'F' }, 'no-unit'],
    [
      'a code of another system',
      'temperature',
      '8310-5',
      { value: 39, system: 'http://example.org', code: 'Cel' },
      'no-unit',
    ],
    [
      'no UCUM code',
      'temperature',
      '8310-5',
      { value: 39, system: 'http://unitsofmeasure.org', code: 'degC' },
      'unit-not-convertible',
    ],
    ['another dimension', 'heartRate', '8867-4', quantity(84, 'mm[Hg]'), 'unit-not-convertible'],
    ['an amount of what has no molar mass', 'bmi', '39156-5', quantity(3, 'mmol/L'), 'unit-not-convertible'],
    ['a mass of what has no molar mass', 'lactate', '2524-7', quantity(20, 'mg/dL'), 'unit-not-convertible'],
    ['a gestation in months', 'gestationRecorded', '18185-9', quantity(6, 'mo'), 'unit-not-convertible'],
    ['a score without unit', 'severity', '72514-3', { value: 8 }, 'no-unit'],
    ['a comparator', 'heartRate', '8867-4', { ...quantity(84, '/min'), comparator: '>' }, 'comparator'],
    ['no number', 'heartRate', '8867-4', { unit: '/min', code: '/min' }, 'no-value'],
  ])('%s', (_, name, code, value, reason) => {
    expect(valueIn(name, bare(code, value))).toBeUndefined();
    expect(reasonsOf(name, bare(code, value))).toEqual([reason]);
  });
});

describe('compare after conversion without rounding', () => {
  test.each<[string, string, number, string, boolean | undefined]>([
    ['temperature', '8310-5', 100.4, '[degF]', true],
    ['temperature', '8310-5', 100.3, '[degF]', undefined],
    ['temperature', '8310-5', 37.99, 'Cel', undefined],
    ['temperature', '8310-5', 38, 'Cel', true],
  ])('%s %s %d %s sets fever: %s', (_, code, value, unit, fever) => {
    expect(valueIn('fever', [measured(code, value, unit)])).toBe(fever);
  });
});

describe('plausible range breached: discarded with a note', () => {
  test.each<[string, string, string, number, number]>([
    ['temperature', '8310-5', 'Cel', 30, 29.9],
    ['temperature', '8310-5', 'Cel', 43, 43.1],
    ['heartRate', '8867-4', '/min', 20, 19],
    ['heartRate', '8867-4', '/min', 250, 251],
    ['systolic', '8480-6', 'mm[Hg]', 40, 39],
    ['systolic', '8480-6', 'mm[Hg]', 300, 301],
    ['diastolic', '8462-4', 'mm[Hg]', 20, 19],
    ['diastolic', '8462-4', 'mm[Hg]', 200, 201],
    ['respiratoryRate', '9279-1', '/min', 4, 3],
    ['respiratoryRate', '9279-1', '/min', 80, 81],
    ['oxygenSaturation', '59408-5', '%', 50, 49],
    ['oxygenSaturation', '59408-5', '%', 100, 101],
    ['haemoglobin', '718-7', 'g/dL', 25, 25.1],
    ['lactate', '2524-7', 'mmol/L', 30, 30.1],
    ['hcg', '19080-1', '[IU]/L', 1_000_000, 1_000_001],
  ])('%s %s in %s: %d counts, %d does not', (name, code, unit, inside, outside) => {
    expect(valueIn(name, [measured(code, inside, unit)])).toBe(inside);
    expect(valueIn(name, [measured(code, outside, unit)])).toBeUndefined();
    expect(reasonsOf(name, [measured(code, outside, unit)])).toEqual(['not-plausible']);
  });
});
