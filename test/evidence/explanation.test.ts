/** Explanation: for any fact what was read, what was set aside and why; the card says what could have mattered. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { concept, decide, LOINC, observation, quantity } from '../harness/chart.ts';
import { EMERGENCY, requestOf, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startService({ topics });
});
afterAll(() => service.close());

const pulse = (value: number, more: object = {}) =>
  observation('8867-4', { valueQuantity: quantity(value, '/min'), ...more });

/** The line of the card about what was not used. */
async function notUsed(...chart: object[]): Promise<string | undefined> {
  const { cards } = await service.call(requestOf({ ...EMERGENCY, chart } as typeof EMERGENCY));
  return cards[0]?.detail.split('\n').find((line) => line.includes('Read but not used'));
}

test('everything that was read about a fact stands in the Decision: used, or set aside with its reason', () => {
  const chart = [
    pulse(84, { effectiveDateTime: '{{now-1h}}' }),
    pulse(131, { effectiveDateTime: '{{now-5h}}' }),
    pulse(90, { effectiveDateTime: '{{now-2d}}' }),
    pulse(95, { effectiveDateTime: '{{now+1h}}' }),
    pulse(700),
    pulse(99, { status: 'entered-in-error' }),
    pulse(99, { subject: { reference: 'Patient/q' } }),
    observation('8867-4', { valueQuantity: { value: 80 } }),
    observation('8867-4', { valueString: 'fast' }),
  ];
  const fact = decide(chart).facts.get('heartRate');
  const told = [
    ...(fact?.used ?? []).map(({ reference }) => [reference, 'used']),
    ...(fact?.setAside ?? []).map(({ reference, reason }) => [reference, reason]),
  ];
  expect(told.sort()).toEqual([
    ['Observation/r1', 'used'],
    ['Observation/r2', 'older'],
    ['Observation/r3', 'stale'],
    ['Observation/r4', 'future'],
    ['Observation/r5', 'not-plausible'],
    ['Observation/r6', 'status'],
    ['Observation/r7', 'another-patient'],
    ['Observation/r8', 'no-unit'],
    ['Observation/r9', 'text-only'],
  ]);
});

describe('the card counts what could have mattered, with reasons', () => {
  test('nothing set aside: no line', async () => expect(await notUsed()).toBeUndefined());
  test('no unit, and of another patient', async () => {
    const line = await notUsed(
      observation('8310-5', { valueQuantity: { value: 39 } }),
      pulse(131, { subject: { reference: 'Patient/q' } }),
    );
    expect(line).toContain('1 without a usable unit');
    expect(line).toContain('1 of another patient');
    expect(line).toContain('temperature without a usable unit');
    expect(line).not.toContain('131');
  });
  test('a panel that counts for two facts is one resource of another patient', async () => {
    const part = (code: string) => ({ code: concept(code, LOINC), valueQuantity: quantity(80, 'mm[Hg]') });
    const panel = observation('85354-9', {
      component: [part('8480-6'), part('8462-4')],
      subject: { reference: 'Patient/q' },
    });
    expect(await notUsed(panel)).toContain('1 of another patient');
  });
  test('too old only where nothing newer is known', async () => {
    const old = pulse(84, { effectiveDateTime: '{{now-2d}}' });
    expect(await notUsed(old)).toContain('1 too old');
    expect(await notUsed(old, pulse(84))).toBeUndefined();
  });
  test('a cancelled result that no fact reads could not have mattered', async () => {
    expect(await notUsed(observation('2345-7', { status: 'cancelled' }))).toBeUndefined();
    expect(await notUsed(pulse(84, { status: 'cancelled' }))).toContain('1 not in an accepted status');
  });
  test('free text is shown as text', async () => {
    const line = await notUsed(observation('8867-4', { valueString: 'very <b>fast</b>' }));
    expect(line).toContain('in words only: “very &lt;b&gt;fast&lt;/b&gt;”');
  });
  test('a denial in an unfinished form', async () => {
    const line = await notUsed(pulse(84, { status: 'preliminary' }));
    expect(line).toContain('1 from an unfinished form or a preliminary result');
  });
});

test('what was computed is printed with what it was computed from', async () => {
  const { cards } = await service.call(
    requestOf({
      ...EMERGENCY,
      form: { base: 'clear', answers: { severity: 7, comparedWithUsual: 'same' }, authored: '{{now-1h}}' },
      earlierForms: [{ answers: { severity: 3 }, authored: '{{now-20h}}' }],
    }),
  );
  expect(cards[0]?.detail).toMatch(/from 3 to 7 in 19 h \(computed 25 Nov 2026 09:00/);
});

test('private facts are explained in the Decision only', async () => {
  const aside = observation('44261-6', { valueQuantity: { value: 15 } });
  expect(decide([aside]).facts.get('phq9Total')?.setAside).toHaveLength(1);
  expect(await notUsed(aside)).toBeUndefined();
});
