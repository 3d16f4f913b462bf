/** Spec B.1 "Three sources for every symptom fact", and the sources that B.3-B.5 name. */
import { describe, expect, test } from '@jest/globals';
import {
  concept,
  condition,
  decide,
  EVERYTHING,
  factOf,
  finding,
  form,
  LOINC,
  observation,
  reasonsOf,
  valueIn,
} from '../harness/chart.ts';

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const ATC = 'http://www.whocc.no/atc';

test('(1) the questionnaire item', () => {
  expect(factOf('syncope', [form({ syncope: 'yes' })]).used.map(({ source }) => source)).toEqual(['answer']);
});

describe('(2) a clinician Observation; values are mapped by code', () => {
  const mds = (value: object) => observation('45712-7', value);
  test('a mapped value', () => {
    expect(valueIn('backPain', [mds({ valueCodeableConcept: concept('LA33-6', LOINC) })])).toBe(true);
  });
  test('an unmapped value is unknown, with a note', () => {
    const unmapped = mds({ valueCodeableConcept: concept('LA137-2', LOINC) });
    expect(valueIn('backPain', [unmapped])).toBeUndefined();
    expect(reasonsOf('backPain', [unmapped])).toEqual(['unmapped-value']);
  });
  test('the code of another system is another code; display and version never decide', () => {
    const coded = (coding: object) => mds({ code: { coding: [coding] }, valueBoolean: true });
    expect(valueIn('backPain', [coded({ system: 'http://example.org', code: '45712-7' })])).toBeUndefined();
    const other = { system: LOINC, version: '1.0', code: '45712-7', display: 'No back pain' };
    expect(valueIn('backPain', [coded(other)])).toBe(true);
  });
});

describe('(3) a Condition counts as a current symptom for 7 d from onset or recording', () => {
  test.each([
    ['recorded 7 d ago', { recordedDate: '{{now-7d}}' }, true],
    ['recorded 7 d and a second ago', { recordedDate: '{{now-604801s}}' }, undefined],
    ['an old onset, recorded today', { onsetDateTime: '2020-01-01', recordedDate: '{{now-1h}}' }, true],
    ['onset today, of a record of last year', { onsetDateTime: '{{now-1h}}', recordedDate: '2025-11-01' }, true],
  ])('%s', (_, dates, expected) => expect(valueIn('syncope', [condition('271594007', dates)])).toBe(expected));

  test('an older active one is history only: back pain becomes a reason', () => {
    const old = [condition('279039007', { recordedDate: '{{now-30d}}' })];
    expect([valueIn('backPain', old), valueIn('backPainReason', old)]).toEqual([undefined, true]);
  });
  test('ICD-10 by prefix, with and without the point', () => {
    const icd = (code: string) => ({ code: concept(code, 'http://hl7.org/fhir/sid/icd-10-cm') });
    expect(['M54.50', 'M5450', 'M54.5'].map((code) => valueIn('backPain', [condition('', icd(code))]))).toEqual([
      true,
      true,
      true,
    ]);
    expect(valueIn('backPain', [condition('', icd('M54.6'))])).toBeUndefined();
  });
});

describe('an Observation `derivedFrom` a response is that response’s answer, never a second source', () => {
  const copy = (more: object = {}) =>
    observation('45712-7', {
      derivedFrom: [{ reference: 'QuestionnaireResponse/old-back-pain-triage' }],
      valueCodeableConcept: concept('LA33-6', LOINC),
      ...more,
    });
  const answered = form({ backPain: 'yes' }, { id: 'old', authored: '{{now-5h}}' });
  const newer = form({ backPain: 'no' }, { id: 'new', authored: '{{now-2h}}' });

  test('same person, same date', () => {
    const [used] = factOf('backPain', [copy(), { ...answered, item: [] }]).used;
    expect([used?.source, used?.at?.to]).toEqual(['answer', Date.parse('2026-11-25T05:00:00Z')]);
    const staff = { ...answered, item: [], source: { reference: 'Practitioner/one' } };
    expect(factOf('backPain', [copy(), staff]).used[0]?.source).toBe('clinician-answer');
  });
  test('superseded with it, although it was stored after the newer answer', () => {
    expect(valueIn('backPain', [answered, copy(), newer])).toBe(false);
    expect(valueIn('backPain', [answered, copy({ derivedFrom: undefined }), newer])).toBe(true);
  });
  test('a copy of a denial in an unfinished form is no denial', () => {
    const denial = copy({ valueCodeableConcept: concept('LA32-8', LOINC) });
    expect(valueIn('backPain', [denial, { ...answered, item: [] }])).toBe(false);
    expect(valueIn('backPain', [denial, { ...answered, item: [], status: 'in-progress' }])).toBeUndefined();
  });
  test('of a response that is not there: an answer of its own date', () => {
    expect(factOf('backPain', [copy()]).used[0]?.source).toBe('answer');
  });
});

test('components and panels are read by their own code, whatever the panel', () => {
  const part = (code: string, value: number) => ({
    code: concept(code, LOINC),
    valueQuantity: { value, system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
  });
  for (const code of ['85354-9', '55284-4', '0000-0']) {
    const panel = [observation(code, { component: [part('8480-6', 118), part('8462-4', 74)] })];
    expect([valueIn('systolic', panel), valueIn('diastolic', panel)]).toEqual([118, 74]);
  }
});

describe('dataAbsentReason is no value, of an Observation and of a component', () => {
  const absent = {
    dataAbsentReason: concept('asked-declined', 'http://terminology.hl7.org/CodeSystem/data-absent-reason'),
  };
  test('unknown, with a note', () => {
    expect(reasonsOf('heartRate', [observation('8867-4', absent)])).toEqual(['absent']);
    const panel = observation('85354-9', { component: [{ code: concept('8480-6', LOINC), ...absent }] });
    expect(reasonsOf('systolic', [panel])).toEqual(['absent']);
  });
  test('also when it stands beside a value: one of them is wrong', () => {
    const both = observation('8867-4', {
      ...absent,
      valueQuantity: { value: 84, system: 'http://unitsofmeasure.org', code: '/min' },
    });
    expect(valueIn('heartRate', [both])).toBeUndefined();
  });
});

describe('Procedures', () => {
  const done = (code: string, at: string, status = 'completed') => ({
    resourceType: 'Procedure',
    status,
    code: concept(code),
    performedDateTime: at,
  });
  test.each([
    ['{{now-42d}}', true],
    ['{{now-3628801s}}', undefined],
  ])('an epidural %s', (at, expected) => expect(valueIn('neuraxial', [done('18946005', at)])).toBe(expected));
  test('one that was not done, or entered in error, is none', () => {
    expect(valueIn('neuraxial', [done('18946005', '{{now-1d}}', 'not-done')])).toBeUndefined();
    expect(valueIn('neuraxial', [done('18946005', '{{now-1d}}', 'entered-in-error')])).toBeUndefined();
  });
  test('a coil without removal, however long ago; the newer of insertion and removal counts', () => {
    const [inserted, removed] = [done('65200003', '2019-05-01'), done('68254000', '2024-05-01')];
    expect(valueIn('iud', [inserted])).toBe(true);
    expect(valueIn('iud', [inserted, removed])).toBe(false);
    expect(valueIn('iud', [removed, inserted, done('65200003', '2025-05-01')])).toBe(true);
  });
});

describe('medicines', () => {
  const request = (code: string, system: string, more: object = {}) => ({
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: concept(code, system),
    authoredOn: '{{now-10d}}',
    ...more,
  });
  test.each([
    ['67108', RXNORM, true],
    ['11289', RXNORM, true],
    ['B01AB05', ATC, true],
    ['B01AX05', ATC, true],
    ['B01AC06', ATC, undefined],
    ['1191', RXNORM, undefined],
  ])('%s: low-dose aspirin is no anticoagulant', (code, system, expected) => {
    expect(valueIn('anticoagulant', [request(code, system)])).toBe(expected);
  });
  test.each(['stopped', 'completed', 'cancelled', 'entered-in-error', 'draft', 'on-hold', 'unknown'])(
    '%s is not taken',
    (status) => {
      expect(valueIn('anticoagulant', [request('67108', RXNORM, { status })])).toBeUndefined();
    },
  );
  test('a proposal or a prohibition is no order', () => {
    expect(valueIn('anticoagulant', [request('67108', RXNORM, { intent: 'proposal' })])).toBeUndefined();
    expect(valueIn('anticoagulant', [request('67108', RXNORM, { doNotPerform: true })])).toBeUndefined();
  });
  test('an active statement, until its period is over', () => {
    const statement = (end?: string) => ({
      ...request('B01AA03', ATC),
      resourceType: 'MedicationStatement',
      effectivePeriod: { start: '2025-01-01', ...(end && { end }) },
    });
    expect(valueIn('anticoagulant', [statement()])).toBe(true);
    expect(valueIn('anticoagulant', [statement('{{now-1d}}')])).toBeUndefined();
  });
  test('what is referred to: contained, or in the chart', () => {
    const drug = { resourceType: 'Medication', id: 'm', code: concept('67108', RXNORM) };
    const by = (reference: string) => ({ medicationCodeableConcept: undefined, medicationReference: { reference } });
    expect(valueIn('anticoagulant', [request('', '', { ...by('#m'), contained: [drug] })])).toBe(true);
    expect(valueIn('anticoagulant', [request('', '', by('Medication/m')), drug])).toBe(true);
    expect(valueIn('anticoagulant', [request('', '', by('Medication/m'))])).toBeUndefined();
  });
  test('a steroid sets weak defences', () => {
    expect(valueIn('immunosuppressed', [request('H02AB06', ATC)])).toBe(true);
  });
  test.each([
    ['{{now-90d}}', true],
    ['{{now-7775999s}}', undefined],
  ])('heparin for 90 days: since %s', (authoredOn, expected) => {
    expect(valueIn('heparinLong', [request('B01AB05', ATC, { authoredOn })])).toBe(expected);
  });

  describe('a reconciled list (≤ 90 d) makes unlisted ones "no", and only then', () => {
    const NAMES = ['anticoagulant', 'steroidUse', 'heparinLong'];
    const list = (more: object = {}) => ({
      resourceType: 'List',
      status: 'current',
      mode: 'snapshot',
      code: concept('10160-0', LOINC),
      date: '{{now-90d}}',
      ...more,
    });
    const values = (...chart: object[]) => NAMES.map((name) => valueIn(name, chart));
    const none = [undefined, undefined, undefined];

    test('nothing is listed', () => {
      expect(values()).toEqual(none);
      expect(values(list())).toEqual([false, false, false]);
    });
    test('older than 90 d', () => expect(values(list({ date: '{{now-7776001s}}' }))).toEqual(none));
    test('not current', () => expect(values(list({ status: 'retired' }))).toEqual(none));
    test('empty because nobody asked', () => {
      const system = 'http://terminology.hl7.org/CodeSystem/list-empty-reason';
      expect(values(list({ emptyReason: concept('notasked', system) }))).toEqual(none);
      expect(values(list({ emptyReason: concept('nilknown', system) }))).toEqual([false, false, false]);
    });
    test('something else is listed; an entry that cannot be read', () => {
      const iron = { ...request('B03AA07', ATC), id: 'iron' };
      const entry = [{ item: { reference: 'MedicationRequest/iron' } }];
      expect(values(list({ entry }), iron)).toEqual([false, false, false]);
      expect(values(list({ entry }))).toEqual(none);
      expect(reasonsOf('steroidUse', [list({ entry })])).toEqual(['list-incomplete']);
    });
    test('a medicine whose class no code tells', () => {
      expect(values(list(), request('854228', RXNORM))).toEqual(none);
    });
    test('the one that is taken is yes', () => {
      expect(values(list(), request('H02AB06', ATC))).toEqual([false, true, false]);
    });
    test('a search that failed', () => {
      const read = new Set([...EVERYTHING].filter((type) => type !== 'MedicationStatement'));
      expect(decide([list()], { read }).facts.get('anticoagulant')?.value).toBeUndefined();
    });
  });
});

test('RhD: recorded negative is yes, recorded positive is no', () => {
  expect(valueIn('rhNegative', [condition('165746003', { recordedDate: '2015' })])).toBe(true);
  expect(valueIn('rhNegative', [condition('165747007', { recordedDate: '2015' })])).toBe(false);
});

describe('incontinence only with an onset of less than 14 d', () => {
  test.each([
    [{ onsetDateTime: '{{now-14d}}', recordedDate: '{{now-1h}}' }, true],
    [{ onsetDateTime: '{{now-1209601s}}', recordedDate: '{{now-1h}}' }, undefined],
    [{ recordedDate: '{{now-1h}}' }, undefined],
  ])('%j', (dates, expected) => expect(valueIn('bladderBowel', [condition('165232002', dates)])).toBe(expected));
});

describe('Conditions of this pregnancy', () => {
  const praevia = (recordedDate: string) => [condition('36813001', { recordedDate })];
  test('since its first day; 24+0 today: day 0 was 168 days ago', () => {
    expect(valueIn('placentaPraevia', praevia('{{today-168d}}'))).toBe(true);
    expect(valueIn('placentaPraevia', praevia('{{today-169d}}'))).toBeUndefined();
    expect(reasonsOf('placentaPraevia', praevia('{{today-169d}}'))).toEqual(['other-pregnancy']);
  });
  test('an ectopic pregnancy that was never closed', () => {
    expect(valueIn('ectopicDx', [condition('34801009', { recordedDate: '{{now-200d}}' })])).toBe(false);
    expect(valueIn('ectopicDx', [condition('34801009', { recordedDate: '{{now-100d}}' })])).toBe(true);
  });
  test('an answer of the last pregnancy', () => {
    const twins = form({ multiplePregnancy: 'yes' }, { authored: '{{now-200d}}' });
    expect(valueIn('multiplePregnancy', [twins])).toBeUndefined();
  });
});

test('a finding stated absent is negative', () => {
  expect(reasonsOf('bladderBowel', [finding('267064002', false)])).toEqual(['part-only']);
});
