/** Wrong patient (security/bar D1): what is not shown to be hers is ignored and reported, in every form of reference. */
import { describe, expect, test } from '@jest/globals';
import { decide, observation, quantity, reasonsOf, valueIn } from '../harness/chart.ts';

const SERVER = 'https://ehr.example/fhir';
const MRN = 'http://hospital.example/mrn';
const patient = { identifier: [{ system: MRN, value: '123' }] };
const pulse = (subject: object | undefined, more: object = {}) =>
  observation('8867-4', { valueQuantity: quantity(131, '/min'), subject, ...more });
const contained = (identifier: object) => [{ resourceType: 'Patient', id: 'c', identifier: [identifier] }];

describe('hers', () => {
  test.each<[string, object]>([
    ['relative', pulse({ reference: 'Patient/p' })],
    ['with a version', pulse({ reference: 'Patient/p/_history/3' })],
    ['absolute, of the server that was named', pulse({ reference: `${SERVER}/Patient/p` })],
    ['absolute, with a version', pulse({ reference: `${SERVER}/Patient/p/_history/3` })],
    ['by an identifier that her Patient has', pulse({ identifier: { system: MRN, value: '123' } })],
    [
      'contained, with such an identifier',
      pulse({ reference: '#c' }, { contained: contained({ system: MRN, value: '123' }) }),
    ],
  ])('%s', (_, resource) => {
    expect(valueIn('heartRate', [resource], { server: SERVER, patient })).toBe(131);
    expect(valueIn('heartRate', [resource], { server: `${SERVER}/`, patient })).toBe(131);
  });
});

describe('not hers, or not shown to be: ignored and reported', () => {
  test.each<[string, object, string]>([
    ['another id', pulse({ reference: 'Patient/q' }), 'another-patient'],
    ['an id that begins with hers', pulse({ reference: 'Patient/p1' }), 'another-patient'],
    ['another type', pulse({ reference: 'Group/p' }), 'another-patient'],
    ['her id at another server', pulse({ reference: 'https://other.example/fhir/Patient/p' }), 'another-patient'],
    [
      'another tenant of the same host',
      pulse({ reference: 'https://ehr.example/other/fhir/Patient/p' }),
      'another-patient',
    ],
    ['another identifier', pulse({ identifier: { system: MRN, value: '124' } }), 'no-patient'],
    ['her number in another system', pulse({ identifier: { system: 'http://x.example', value: '123' } }), 'no-patient'],
    ['a number without system', pulse({ identifier: { value: '123' } }), 'no-patient'],
    [
      'a contained stranger',
      pulse({ reference: '#c' }, { contained: contained({ system: MRN, value: '9' }) }),
      'no-patient',
    ],
    [
      'a contained Patient with her id',
      pulse({ reference: '#p' }, { contained: [{ resourceType: 'Patient', id: 'p' }] }),
      'no-patient',
    ],
    ['a contained Patient that is not there', pulse({ reference: '#c' }), 'no-patient'],
    ['a name only', pulse({ display: 'Ann' }), 'no-patient'],
    ['nobody', pulse(undefined), 'no-patient'],
    ['a urn', pulse({ reference: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0' }), 'no-patient'],
  ])('%s', (_, resource, reason) => {
    const options = { server: SERVER, patient };
    expect(valueIn('heartRate', [resource], options)).toBeUndefined();
    expect(reasonsOf('heartRate', [resource], options)).toEqual([reason]);
  });
});

describe('absolute references when no server was named', () => {
  const absolute = (base: string) => ({ reference: `${base}/Patient/p` });
  test('one server for all of the chart is hers', () => {
    expect(valueIn('heartRate', [pulse(absolute(SERVER))], { subject: absolute(SERVER) })).toBe(131);
  });
  test('two servers, or one beside relative references, cannot be told apart', () => {
    expect(reasonsOf('heartRate', [pulse(absolute(SERVER)), pulse({ reference: 'Patient/p' })])).toContain(
      'no-patient',
    );
    expect(valueIn('heartRate', [pulse(absolute(SERVER)), pulse(absolute('https://other.example'))])).toBeUndefined();
  });
});

test('a resource of another patient is reported even when no fact reads it', () => {
  const { evidence } = decide([observation('2345-7', { subject: { reference: 'Patient/q' } })]);
  expect(evidence.setAside).toEqual([{ reference: 'Observation/r1', reason: 'another-patient' }]);
});

test('what a stranger’s resource says is named, never shown', () => {
  const { facts } = decide([pulse({ reference: 'Patient/q' })]);
  const [aside] = facts.get('heartRate')?.setAside ?? [];
  expect([aside?.reference, aside?.recorded]).toEqual(['Observation/r1', undefined]);
});
