/** The fingerprint of a finding: equal for equal inputs in any order, different for anything that matters. */
import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { assess, prepareTopic } from '../../src/call-service.ts';
import { fingerprintOf } from '../../src/decision/fingerprint.ts';
import { resourcesIn } from '../../src/fhir/bundles.ts';
import type { FhirResource } from '../../src/fhir/types.ts';
import type { ClinicalCase } from '../harness/case.ts';
import { EMERGENCY, requestOf, topics } from '../harness/requests.ts';

const [topic] = topics;
if (!topic) throw new Error('no topic');
const prepared = prepareTopic(topic);
const read = new Set(prepared.needs.map(({ type }) => type));
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const NOW = Date.parse('2026-11-25T10:00:00Z');

type Options = {
  patientId?: string;
  now?: number;
  hash?: (text: string) => string;
  change?: (all: FhirResource[]) => FhirResource[];
};

function fingerprint(
  clinicalCase: ClinicalCase,
  { patientId, now = NOW, hash = sha256, change = (all) => all }: Options = {},
) {
  const { prefetch } = requestOf(clinicalCase);
  const resources = change(Object.values(prefetch).flatMap((value) => resourcesIn(value as FhirResource)));
  const decision = assess(prepared, { patientId: 'case-patient', resources, read }, { now, zone: 'UTC' });
  expect(decision.level).toBe('emergency');
  return fingerprintOf(patientId ?? 'case-patient', decision, hash);
}

const answered = (answers: Record<string, string | number>, authored = '{{now-1h}}'): ClinicalCase => ({
  ...EMERGENCY,
  form: { base: 'clear', authored, answers: { severity: 8, saddleNumbness: 'yes', ...answers } },
});
const same = fingerprint(EMERGENCY);

test('when the resources come in another order or twice then it is the same', () => {
  expect(fingerprint(EMERGENCY, { change: (all) => [...all].reverse() })).toBe(same);
  expect(fingerprint(EMERGENCY, { change: (all) => [...all, ...all] })).toBe(same);
});

test('when only time passes, or something is answered that no finding rests on, then it is the same', () => {
  expect(fingerprint(EMERGENCY, { now: NOW + 60_000 })).toBe(same);
  expect(fingerprint(answered({ miscarriageWorry: 'yes' }))).toBe(same);
});

test.each<[string, ClinicalCase, Options]>([
  ['another patient', EMERGENCY, { patientId: 'another' }],
  ['another value', answered({ severity: 9 }), {}],
  ['another rule that fires', answered({ bladderBowel: 'yes' }), {}],
  ['the same answers at another time', answered({}, '{{now-2h}}'), {}],
])('when there is %s then it is another one', (_, clinicalCase, options) => {
  expect(fingerprint(clinicalCase, options)).not.toBe(same);
});

test('when it is made then clinical values go through the hash, and not beside it', () => {
  const hashed: string[] = [];
  const outer = fingerprint(EMERGENCY, {
    hash: (text) => {
      hashed.push(text);
      return `#${hashed.length}`;
    },
  });
  const [inputs, whole] = hashed;
  expect(outer).toBe('#2');
  expect(inputs).toContain('saddleNumbness');
  expect(JSON.parse(whole ?? '')).toEqual(['case-patient', expect.arrayContaining(['E08=fires', 'U03=fires']), '#1']);
  expect(whole).not.toContain('saddleNumbness');
});
