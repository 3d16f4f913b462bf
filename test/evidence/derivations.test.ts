/** Computed facts (spec B.1 `worsening`, B.2 `hcgRatio`, B.3 `repeatContacts`, B.5 `systolicFall`, haemoglobin) and F.2. */
import { describe, expect, test } from '@jest/globals';
import { concept, EVERYTHING, factOf, form, observation, quantity, valueIn } from '../harness/chart.ts';

const pain = (severity: number, authored: string, more: object = {}) =>
  form({ severity, ...more }, { id: `pain-${severity}-${authored}`, authored });
const at = (code: string, value: number, unit: string, when: string) =>
  observation(code, { effectiveDateTime: when, valueQuantity: quantity(value, unit) });

describe('two severities ≥ 2 points up within 72 h set worsening', () => {
  test.each<[string, object[], boolean | undefined]>([
    ['2 up', [pain(3, '{{now-30h}}'), pain(5, '{{now-1h}}')], true],
    ['1 up', [pain(4, '{{now-30h}}'), pain(5, '{{now-1h}}')], undefined],
    ['72 h apart', [pain(3, '{{now-73h}}'), pain(5, '{{now-1h}}')], true],
    ['72 h and a second apart', [pain(3, '{{now-262801s}}'), pain(5, '{{now-1h}}')], undefined],
    ['up and down again', [pain(3, '{{now-30h}}'), pain(6, '{{now-9h}}'), pain(4, '{{now-1h}}')], undefined],
    ['down and up', [pain(5, '{{now-30h}}'), pain(3, '{{now-9h}}'), pain(5, '{{now-1h}}')], true],
    ['both at the same time', [pain(3, '{{now-1h}}'), pain(6, '{{now-1h}}')], undefined],
    ['only one', [pain(9, '{{now-1h}}')], undefined],
  ])('%s', (_, chart, expected) => {
    expect(valueIn('worsening', chart)).toBe(expected);
    expect(valueIn('worsening', chart.toReversed())).toBe(expected);
  });
  test('beside a "no" of the same form: any positive wins', () => {
    const chart = [pain(3, '{{now-30h}}'), pain(6, '{{now-1h}}', { worsening: 'no' })];
    expect(valueIn('worsening', chart)).toBe(true);
    expect(valueIn('worsening', [chart[1] as object])).toBe(false);
  });
  test('and says from what', () => {
    const [used] = factOf('worsening', [pain(3, '{{now-30h}}'), pain(6, '{{now-1h}}')]).used;
    expect([used?.source, used?.recorded]).toEqual(['computed', 'from 3 to 6 in 29 h']);
    expect(used?.reference.split(', ')).toHaveLength(2);
  });
});

describe('hcgRatio: second ÷ first, 48 h ± 6 h apart', () => {
  const hcg = (value: number, when: string, unit = '[IU]/L', code = '19080-1') => at(code, value, unit, when);
  test.each<[string, string, number | undefined]>([
    ['41 h', '{{now-42h}}', undefined],
    ['42 h', '{{now-43h}}', 1.5],
    ['54 h', '{{now-55h}}', 1.5],
    ['55 h', '{{now-56h}}', undefined],
  ])('%s', (_, first, expected) =>
    expect(valueIn('hcgRatio', [hcg(1000, first), hcg(1500, '{{now-1h}}')])).toBe(expected),
  );
  test.each([
    [490, 0.49],
    [500, 0.5],
    [1630, 1.63],
    [1640, 1.64],
  ])('%d after 1000', (second, expected) => {
    expect(valueIn('hcgRatio', [hcg(1000, '{{now-49h}}'), hcg(second, '{{now-1h}}')])).toBe(expected);
  });
  test('of the same code', () => {
    expect(
      valueIn('hcgRatio', [hcg(1000, '{{now-49h}}', '[IU]/L', '21198-7'), hcg(1500, '{{now-1h}}')]),
    ).toBeUndefined();
  });
  test('in any unit of the family', () => {
    expect(valueIn('hcgRatio', [hcg(1, '{{now-49h}}', 'k[IU]/L'), hcg(1500, '{{now-1h}}', 'm[IU]/mL')])).toBe(1.5);
  });
  test('the last valid pair', () => {
    const chart = [hcg(400, '{{now-97h}}'), hcg(1000, '{{now-49h}}'), hcg(1500, '{{now-1h}}')];
    expect(valueIn('hcgRatio', chart)).toBe(1.5);
    expect(valueIn('hcgRatio', [...chart.slice(0, 2), hcg(1200, '{{now-20h}}')])).toBe(2.5);
  });
  test('a time known by the day only makes no pair; nor does a first of zero', () => {
    expect(valueIn('hcgRatio', [hcg(1000, '{{today-2d}}'), hcg(1500, '{{now-1h}}')])).toBeUndefined();
    expect(valueIn('hcgRatio', [hcg(0, '{{now-49h}}'), hcg(1500, '{{now-1h}}')])).toBeUndefined();
  });
  test('a pair of 14 d ago is too old', () => {
    const pair = (end: string, start: string) => [hcg(1000, start), hcg(1500, end)];
    expect(valueIn('hcgRatio', pair('{{now-336h}}', '{{now-384h}}'))).toBe(1.5);
    expect(valueIn('hcgRatio', pair('{{now-1209601s}}', '{{now-1382401s}}'))).toBeUndefined();
  });
});

describe('haemoglobin: fall ≥ 2.0 in 7 d', () => {
  const hb = (value: number, when: string, unit = 'g/dL') => at('718-7', value, unit, when);
  test.each<[string, object[], number | undefined]>([
    ['2.0', [hb(11.2, '{{now-3d}}'), hb(9.2, '{{now-1h}}')], 2],
    ['1.9', [hb(11.1, '{{now-3d}}'), hb(9.2, '{{now-1h}}')], 1.9],
    ['from the highest', [hb(12, '{{now-6d}}'), hb(10, '{{now-3d}}'), hb(9, '{{now-1h}}')], 3],
    ['exactly 7 d', [hb(12, '{{now-169h}}'), hb(9, '{{now-1h}}')], 3],
    ['more than 7 d', [hb(12, '{{now-608401s}}'), hb(9, '{{now-1h}}')], undefined],
    ['one only', [hb(9, '{{now-1h}}')], undefined],
    ['a rise', [hb(9, '{{now-3d}}'), hb(11, '{{now-1h}}')], -2],
    ['in two units', [hb(120, '{{now-3d}}', 'g/L'), hb(10, '{{now-1h}}')], 2],
  ])('%s', (_, chart, expected) => expect(valueIn('haemoglobinFall', chart)).toBe(expected));
});

describe('systolicFall: usual systolic (median of ≥ 3 in 180 d) − now', () => {
  const systolic = (value: number, when: string) => at('8480-6', value, 'mm[Hg]', when);
  const usual = [systolic(128, '{{now-20d}}'), systolic(132, '{{now-60d}}'), systolic(130, '{{now-100d}}')];
  test.each<[string, object[], number | undefined]>([
    ['40', [...usual, systolic(90, '{{now-1h}}')], 40],
    ['39', [...usual, systolic(91, '{{now-1h}}')], 39],
    ['only two before', [...usual.slice(1), systolic(80, '{{now-1h}}')], undefined],
    ['two and a copy of one', [...usual.slice(1), usual[1] as object, systolic(80, '{{now-1h}}')], undefined],
    ['the third is 180 d before', [...usual.slice(1), systolic(134, '{{now-4321h}}'), systolic(92, '{{now-1h}}')], 40],
    [
      'the third is older',
      [...usual.slice(1), systolic(134, '{{now-15555602s}}'), systolic(92, '{{now-1h}}')],
      undefined,
    ],
    ['an even number', [...usual, systolic(140, '{{now-5d}}'), systolic(91, '{{now-1h}}')], 40],
    ['nothing now', usual, undefined],
  ])('%s', (_, chart, expected) => expect(valueIn('systolicFall', chart)).toBe(expected));
});

describe('repeatContacts: ≥ 3 triage contacts in 14 d', () => {
  const contact = (authored: string, backPain = 'yes') => form({ backPain }, { id: `contact${authored}`, authored });
  const visit = (start: string, more: object = {}) => ({
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'EMER' },
    period: { start },
    ...more,
  });
  const two = [contact('{{now-1h}}'), contact('{{now-5d}}')];
  test.each<[string, object[], boolean]>([
    ['2', two, false],
    ['3', [...two, contact('{{now-9d}}')], true],
    ['the third 14 d ago', [...two, contact('{{now-14d}}')], true],
    ['the third 14 d and a second ago', [...two, contact('{{now-1209601s}}')], false],
    ['the third in an emergency department', [...two, visit('{{now-9d}}')], true],
    ['the visit at which a form was filled in', [...two, visit('{{now-121h}}')], false],
    ['a cancelled visit', [...two, visit('{{now-9d}}', { status: 'cancelled' })], false],
    ['a clinic for something else', [...two, visit('{{now-9d}}', { class: { code: 'AMB' } })], false],
    [
      'a clinic for back pain',
      [...two, visit('{{now-9d}}', { class: { code: 'AMB' }, reasonCode: [concept('279039007')] })],
      true,
    ],
    ['the same form twice', [...two, contact('{{now-5d}}')], false],
    ['the third with an answer of "not sure"', [...two, contact('{{now-9d}}', 'notSure')], true],
    ['the second only, "not sure"', [contact('{{now-1h}}'), contact('{{now-9d}}', 'notSure')], false],
    [
      '"not sure" on a form of another person',
      [...two, { ...contact('{{now-9d}}', 'notSure'), subject: { reference: 'Patient/another' } }],
      false,
    ],
    ['none', [], false],
  ])('%s', (_, chart, expected) => {
    expect(valueIn('repeatContacts', chart)).toBe(expected);
    expect(valueIn('repeatContacts', chart.toReversed())).toBe(expected);
  });
  test('fewer than 3 while Encounters could not be read: unknown', () => {
    const read = new Set([...EVERYTHING].filter((type) => type !== 'Encounter'));
    expect(valueIn('repeatContacts', two, { read })).toBeUndefined();
    expect(valueIn('repeatContacts', [...two, contact('{{now-9d}}')], { read })).toBe(true);
  });
});
