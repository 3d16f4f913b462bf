/** A synthetic chart: vital signs, laboratory, pregnancy, conditions. Values and times differ by `seed`. */
import type { Condition, Observation, Patient } from '../src/fhir/types.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** The person a body speaks of; `now` is the time of the call, `dueDate` an ISO date. */
export type Person = { id: string; seed: number; now: Date; dueDate: string };

type Series = { code: string; name: string; unit: string; lowest: number; steps: number; step: number };

const VITAL_SIGNS: Series[] = [
  { code: '8867-4', name: 'Heart rate', unit: '/min', lowest: 70, steps: 30, step: 1 },
  { code: '8310-5', name: 'Body temperature', unit: 'Cel', lowest: 36.2, steps: 12, step: 0.1 },
  { code: '9279-1', name: 'Respiratory rate', unit: '/min', lowest: 12, steps: 8, step: 1 },
  { code: '59408-5', name: 'Oxygen saturation', unit: '%', lowest: 95, steps: 5, step: 1 },
];

const LABORATORY: Series[] = [
  { code: '718-7', name: 'Haemoglobin', unit: 'g/dL', lowest: 10.6, steps: 25, step: 0.1 },
  { code: '6690-2', name: 'Leucocytes', unit: '10*3/uL', lowest: 6, steps: 50, step: 0.1 },
  { code: '777-3', name: 'Platelets', unit: '10*3/uL', lowest: 160, steps: 150, step: 1 },
  { code: '1988-5', name: 'C-reactive protein', unit: 'mg/L', lowest: 1, steps: 9, step: 0.5 },
  { code: '2160-0', name: 'Creatinine', unit: 'mg/dL', lowest: 0.4, steps: 5, step: 0.1 },
  { code: '2345-7', name: 'Glucose', unit: 'mg/dL', lowest: 75, steps: 30, step: 1 },
  { code: '1742-6', name: 'Alanine aminotransferase', unit: 'U/L', lowest: 10, steps: 25, step: 1 },
  { code: '2951-2', name: 'Sodium', unit: 'mmol/L', lowest: 134, steps: 9, step: 1 },
  { code: '2823-3', name: 'Potassium', unit: 'mmol/L', lowest: 3.5, steps: 12, step: 0.1 },
];

const CONDITIONS: [code: string, name: string][] = [
  ['77386006', 'Pregnancy'],
  ['279039007', 'Low back pain'],
  ['40930008', 'Hypothyroidism'],
  ['195967001', 'Asthma'],
  ['37796009', 'Migraine'],
  ['87522002', 'Iron deficiency anaemia'],
];

const loinc = (code: string, display: string) => ({ coding: [{ system: 'http://loinc.org', code, display }] });
const snomed = (code: string, display: string) => ({ coding: [{ system: 'http://snomed.info/sct', code, display }] });
const quantity = (value: number, unit: string) => ({ value, unit, system: 'http://unitsofmeasure.org', code: unit });

/** The `index`th value of a series, to one decimal. */
const valueAt = ({ lowest, steps, step }: Series, index: number) =>
  Math.round((lowest + (index % steps) * step) * 10) / 10;

function observation(person: Person, id: string, category: string, age: number): Omit<Observation, 'code'> {
  return {
    resourceType: 'Observation',
    id: `${person.id}-${id}`,
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] }],
    subject: { reference: `Patient/${person.id}` },
    effectiveDateTime: new Date(person.now.getTime() - age).toISOString(),
  };
}

const single = (person: Person, series: Series, category: string, turn: number, age: number): Observation => ({
  ...observation(person, `${series.code}-${turn}`, category, age),
  code: loinc(series.code, series.name),
  valueQuantity: quantity(valueAt(series, person.seed * 3 + turn * 7), series.unit),
});

const bloodPressure = (person: Person, turn: number, age: number): Observation => ({
  ...observation(person, `85354-9-${turn}`, 'vital-signs', age),
  code: loinc('85354-9', 'Blood pressure panel'),
  component: [
    { code: loinc('8480-6', 'Systolic'), valueQuantity: quantity(102 + ((person.seed + turn) % 34), 'mm[Hg]') },
    { code: loinc('8462-4', 'Diastolic'), valueQuantity: quantity(62 + ((person.seed * 2 + turn) % 24), 'mm[Hg]') },
  ],
});

/** Blood pressure and so many of the other vital signs, taken so long before the call (ms). */
export const vitalSigns = (person: Person, turn: number, age: number, others = VITAL_SIGNS.length): Observation[] => [
  bloodPressure(person, turn, age),
  ...VITAL_SIGNS.slice(0, others).map((series) => single(person, series, 'vital-signs', turn, age)),
];

/** Forty Observations: four rounds of vital signs, two of laboratory, the pregnancy and its estimated due date. */
export function observations(person: Person): Observation[] {
  const rounds = [0, 1, 2, 3].flatMap((turn) =>
    vitalSigns(person, turn, HOUR / 2 + turn * 6 * HOUR + person.seed * 60_000),
  );
  const laboratory = [0, 1].flatMap((turn) =>
    LABORATORY.map((series) => single(person, series, 'laboratory', turn, DAY + turn * 28 * DAY)),
  );
  return [...rounds, ...laboratory, ...pregnancyObservations(person)];
}

/** The status, and the estimated due date. */
export function pregnancyObservations(person: Person): Observation[] {
  return [
    {
      ...observation(person, 'status', 'social-history', 7 * DAY),
      code: loinc('82810-3', 'Pregnancy status'),
      valueCodeableConcept: snomed('77386006', 'Pregnant'),
    },
    {
      ...observation(person, 'due-date', 'exam', 7 * DAY),
      code: loinc('11778-8', 'Estimated due date'),
      valueDateTime: person.dueDate,
    },
  ];
}

const BETWEEN_VISITS = 14 * DAY;

/** A long record: every vital sign and laboratory value at a visit each fortnight, back from half an hour ago. */
export function longRecord(person: Person, count: number): Observation[] {
  const pregnancy = pregnancyObservations(person);
  const measured: Observation[] = [];
  for (let turn = 0; measured.length < count - pregnancy.length; turn += 1) {
    const age = HOUR / 2 + turn * BETWEEN_VISITS;
    measured.push(
      ...vitalSigns(person, turn, age),
      ...LABORATORY.map((series) => single(person, series, 'laboratory', turn, age)),
    );
  }
  return [...measured.slice(0, count - pregnancy.length), ...pregnancy];
}

export const conditions = (person: Person): Condition[] =>
  CONDITIONS.map(([code, name], index) => ({
    resourceType: 'Condition',
    id: `${person.id}-condition-${index}`,
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
    },
    verificationStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }],
    },
    code: snomed(code, name),
    subject: { reference: `Patient/${person.id}` },
    recordedDate: new Date(person.now.getTime() - (3 + index + (person.seed % 5)) * DAY).toISOString(),
  }));

export const patient = (person: Person): Patient => ({
  resourceType: 'Patient',
  id: person.id,
  name: [{ family: `Bench${person.seed}`, given: ['Synthetic'] }],
  gender: 'female',
  birthDate: `${person.now.getUTCFullYear() - 20 - (person.seed % 20)}-03-1${person.seed % 10}`,
});
