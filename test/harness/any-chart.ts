/** Random charts of real FHIR resources (fast-check), built around what the topic reads. */
import fc from 'fast-check';
import type { FhirResource, Observation } from '../../src/fhir/types.ts';
import { concept, LOINC, NOW, quantity, SNOMED } from './chart.ts';
import { questionnaires } from './requests.ts';
import { type Form, responsesOf } from './responses.ts';

const HOUR = 3_600_000;
const SUBJECT = { reference: 'Patient/p' };
const now = Date.parse(NOW);

/** Instants of the last ten days, often in the last hours and often equal. */
const anyTime = fc
  .oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 240 }), fc.constantFrom(1, 24, 48, 72, 168))
  .map((hours) => new Date(now - hours * HOUR).toISOString());
const anyDate = fc.oneof(
  { weight: 4, arbitrary: anyTime },
  { weight: 1, arbitrary: anyTime.map((time) => time.slice(0, 10)) },
);
const anyStatus = fc.constantFrom('final', 'final', 'final', 'amended', 'preliminary', 'entered-in-error', 'cancelled');

/** Numbers that stand off every threshold, in the unit of the fact, with the other units they may be written in. */
export type Measured = {
  code: string;
  unit: string;
  values: number[];
  others: [unit: string, factor: number, offset?: number][];
};

export const MEASURED: Measured[] = [
  {
    code: '8310-5',
    unit: 'Cel',
    values: [35.4, 36.7, 37.6, 38.4, 39.2],
    others: [
      ['[degF]', 1.8, 32],
      ['K', 1, 273.15],
    ],
  },
  {
    code: '8867-4',
    unit: '/min',
    values: [44, 62, 84, 95, 111, 125, 141],
    others: [
      ['{beats}/min', 1],
      ['/h', 60],
      ['Hz', 1 / 60],
      ['/s', 1 / 60],
    ],
  },
  {
    code: '9279-1',
    unit: '/min',
    values: [8, 14, 18, 23, 28, 35],
    others: [
      ['{breaths}/min', 1],
      ['/h', 60],
      ['/s', 1 / 60],
    ],
  },
  {
    code: '59408-5',
    unit: '%',
    values: [88, 93, 97, 99],
    others: [
      ['[ppth]', 10],
      ['1', 0.01],
    ],
  },
  {
    code: '718-7',
    unit: 'g/dL',
    values: [6.4, 9.1, 11.3, 12.7],
    others: [
      ['g/L', 10],
      ['mg/mL', 10],
      ['kg/m3', 10],
      ['mmol/L', 1 / 1.6114],
      ['umol/L', 1000 / 1.6114],
    ],
  },
  {
    code: '19080-1',
    unit: '[IU]/L',
    values: [3, 18, 400, 1200, 2600, 9000],
    others: [
      ['m[IU]/mL', 1],
      ['k[IU]/L', 0.001],
      ['[IU]/mL', 0.001],
    ],
  },
  {
    code: '2524-7',
    unit: 'mmol/L',
    values: [0.9, 1.7, 2.6, 4.8],
    others: [
      ['umol/L', 1000],
      ['mol/m3', 1],
      ['umol/mL', 1],
    ],
  },
  ...['8480-6', '8462-4'].map(
    (code): Measured => ({
      code,
      unit: 'mm[Hg]',
      values: [55.2, 72.4, 84.6, 95.3, 104.7, 121.5, 131.2, 145.8, 163.1],
      others: [
        ['kPa', 0.133322],
        ['Pa', 133.322],
        ['hPa', 1.33322],
        ['cm[Hg]', 0.1],
        ['m[Hg]', 0.001],
        ['mbar', 1.33322],
        ['bar', 0.00133322],
      ],
    }),
  ),
];

const anyNumber = fc
  .constantFrom(...MEASURED)
  .chain(({ code, unit, values }) =>
    fc.constantFrom(...values).map((value) => ({ code, valueQuantity: quantity(value, unit) })),
  );

const anyMeasurement = fc
  .record({ number: anyNumber, status: anyStatus, effectiveDateTime: anyDate })
  .map(({ number: { code, valueQuantity }, status, effectiveDateTime }) => ({
    resourceType: 'Observation',
    status,
    subject: SUBJECT,
    code: concept(code, LOINC),
    effectiveDateTime,
    valueQuantity,
  }));

const anyPanel = fc
  .record({ parts: fc.array(anyNumber, { minLength: 1, maxLength: 3 }), status: anyStatus, effectiveDateTime: anyDate })
  .map(({ parts, ...rest }) => ({
    resourceType: 'Observation',
    subject: SUBJECT,
    code: concept('85354-9', LOINC),
    ...rest,
    component: parts.map(({ code, valueQuantity }) => ({ code: concept(code, LOINC), valueQuantity })),
  }));

const anyFinding = fc
  .record({
    value: fc.constantFrom('LA33-6', 'LA32-8', 'LA137-2'),
    status: anyStatus,
    effectiveDateTime: anyDate,
    derivedFrom: fc.constantFrom(undefined, undefined, [{ reference: 'QuestionnaireResponse/c0' }]),
  })
  .map(({ value, ...rest }) => ({
    resourceType: 'Observation',
    subject: SUBJECT,
    code: concept('45712-7', LOINC),
    valueCodeableConcept: concept(value, LOINC),
    ...rest,
  }));

const CONDITIONS = [
  '279039007',
  '271594007',
  '247355005',
  '289530006',
  '386661006',
  '165232002',
  '34801009',
  '36813001',
  '192970008',
];
const anyCondition = fc
  .record({
    code: fc.constantFrom(...CONDITIONS),
    clinical: fc.constantFrom('active', 'active', 'resolved'),
    verified: fc.constantFrom('confirmed', 'provisional', 'refuted', 'entered-in-error'),
    recordedDate: anyDate,
  })
  .map(({ code, clinical, verified, recordedDate }) => ({
    resourceType: 'Condition',
    subject: SUBJECT,
    clinicalStatus: concept(clinical, 'c'),
    verificationStatus: concept(verified, 'v'),
    code: concept(code),
    recordedDate,
  }));

const yesNo = fc.constantFrom('yes', 'no', 'notSure');
const ANSWERS = {
  backPain: yesNo,
  severity: fc.integer({ min: 0, max: 10 }),
  bleeding: fc.constantFrom('none', 'spotting', 'light', 'heavy', 'notSure'),
  syncope: yesNo,
  saddleNumbness: yesNo,
  bladderBowel: yesNo,
  worsening: yesNo,
  fetalMovement: fc.constantFrom('normal', 'less', 'none', 'notYetFelt'),
  painLocation: fc.constantFrom(['lowBack'], ['lowBack', 'buttock'], ['oneSidedFlank', 'notSure']),
  painSpread: fc.constantFrom(['bothLegs'], ['oneLeg'], ['none']),
};
const anyForm = fc
  .record({
    answers: fc.record(ANSWERS, { requiredKeys: [] }).filter((answers) => Object.keys(answers).length > 0),
    authored: anyTime,
    status: fc.constantFrom('completed', 'completed', 'amended', 'in-progress', 'entered-in-error'),
    source: fc.constantFrom(undefined, 'Patient/p', 'Practitioner/a', 'Practitioner/b', 'RelatedPerson/c'),
  })
  .map(({ source, ...form }) => ({
    ...responsesOf(form as unknown as Form, 'x', questionnaires, SUBJECT)[0],
    ...(source && { source: { reference: source } }),
  }));

const anyTreatment = fc
  .record({
    code: fc.constantFrom('B01AB05', 'B01AA03', 'H02AB06', 'B03AA07'),
    status: fc.constantFrom('active', 'stopped'),
    when: anyTime,
  })
  .map(({ code, status, when }) => ({
    resourceType: 'MedicationRequest',
    status,
    intent: 'order',
    subject: SUBJECT,
    medicationCodeableConcept: concept(code, 'http://www.whocc.no/atc'),
    authoredOn: when,
  }));
const anyProcedure = fc
  .record({ code: fc.constantFrom('18946005', '65200003', '68254000'), when: anyDate })
  .map(({ code, when }) => ({
    resourceType: 'Procedure',
    status: 'completed',
    subject: SUBJECT,
    code: concept(code),
    performedDateTime: when,
  }));
const anyList = anyTime.map((date) => ({
  resourceType: 'List',
  status: 'current',
  mode: 'snapshot',
  subject: SUBJECT,
  code: concept('10160-0', LOINC),
  date,
}));
const anyVisit = fc
  .record({
    class: fc.constantFrom('EMER', 'AMB', 'IMP'),
    status: fc.constantFrom('finished', 'in-progress'),
    start: anyTime,
  })
  .map(({ class: code, status, start }) => ({
    resourceType: 'Encounter',
    status,
    subject: SUBJECT,
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code },
    period: { start },
    reasonCode: [concept('279039007', SNOMED)],
  }));

/** Up to twelve resources, each with an id of its own. */
export const anyChart: fc.Arbitrary<FhirResource[]> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: anyMeasurement },
      { weight: 2, arbitrary: anyPanel },
      { weight: 4, arbitrary: anyForm },
      anyFinding,
      { weight: 2, arbitrary: anyCondition },
      anyTreatment,
      anyProcedure,
      anyList,
      anyVisit,
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((resources) => resources.map((resource, at) => ({ ...resource, id: `c${at}` }) as FhirResource));

/** Only measurements that count, for changes of their units. */
export const anyMeasurements: fc.Arbitrary<Observation[]> = fc
  .array(fc.record({ number: anyNumber, effectiveDateTime: anyTime }), { minLength: 1, maxLength: 6 })
  .map((list) =>
    list.map(({ number: { code, valueQuantity }, effectiveDateTime }, at) => ({
      resourceType: 'Observation',
      id: `c${at}`,
      status: 'final',
      subject: SUBJECT,
      code: concept(code, LOINC),
      effectiveDateTime,
      valueQuantity,
    })),
  );

/** A resource that says something about a fact, and may not be used. */
export const anyUnusable: fc.Arbitrary<FhirResource> = fc
  .oneof(anyMeasurement, anyFinding, anyCondition, anyForm, anyTreatment, anyProcedure)
  .chain((resource) => fc.constantFrom(...waysToSpoil(resource)))
  .map((resource) => ({ ...resource, id: 'unusable' }) as FhirResource);

type Loose = Record<string, unknown>;

function waysToSpoil(resource: object): Loose[] {
  const base = resource as Loose;
  const later = new Date(now + 301_000).toISOString();
  const dates: Record<string, string> = {
    Observation: 'effectiveDateTime',
    Condition: 'recordedDate',
    QuestionnaireResponse: 'authored',
    Procedure: 'performedDateTime',
  };
  const date = dates[String(base.resourceType)];
  const ways: Loose[] = [
    { ...base, subject: { reference: 'Patient/q' } },
    { ...base, subject: { reference: 'https://other.example/fhir/Patient/p' } },
    { ...base, subject: { identifier: { value: 'p' } } },
    { ...base, subject: undefined },
    base.resourceType === 'Condition'
      ? { ...base, verificationStatus: concept('entered-in-error', 'v') }
      : { ...base, status: 'entered-in-error' },
  ];
  if (date && base.derivedFrom === undefined) ways.push({ ...base, [date]: later });
  if (base.valueQuantity) {
    ways.push(
      { ...base, valueQuantity: { value: 39, unit: 'Cel' } },
      { ...base, valueQuantity: { ...(base.valueQuantity as object), comparator: '>' } },
      { ...base, valueQuantity: quantity(99_999_999, 'mm[Hg]') },
      { ...base, valueQuantity: quantity(7, 'furlong') },
      { ...base, valueQuantity: undefined, valueString: 'high' },
      { ...base, dataAbsentReason: concept('unknown', 'd') },
    );
  }
  if (base.resourceType === 'QuestionnaireResponse') ways.push({ ...base, questionnaire: 'http://example.org/other' });
  return ways;
}
