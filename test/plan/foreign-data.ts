/** Charts for the plans of test/fixtures/foreign, as prefetch and as resources. */

import { resourcesIn } from '../../src/fhir/bundles.ts';
import { readKnowledgeFiles } from '../../src/knowledge/load.ts';
import { compilePlans } from '../../src/plan/compile-plans.ts';

export const files = readKnowledgeFiles('test/fixtures/foreign');
export const plans = compilePlans(files);
export const resources = files.flatMap(({ resource }) => resourcesIn(resource));

export const NOW = '2026-11-25T10:00:00Z';

type Json = Record<string, unknown>;

const subject = { reference: 'Patient/p' };
const coded = (system: string, code: string) => ({ coding: [{ system, code }] });

export const patient = (birthDate = '1970-05-01'): Json => ({ resourceType: 'Patient', id: 'p', birthDate });

export const bundle = (...found: Json[]): Json => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: found.map((resource) => ({ resource })),
});

let count = 0;
function observation(code: Json, value: Json, changes: Json = {}): Json {
  count += 1;
  return {
    resourceType: 'Observation',
    id: `o${count}`,
    status: 'final',
    subject,
    code,
    effectiveDateTime: '2026-11-20T09:00:00Z',
    ...value,
    ...changes,
  };
}

export const sign = (code: string, changes: Json = {}): Json =>
  observation(
    coded('http://example.com/who-style/signs', 'danger-sign'),
    { valueCodeableConcept: coded('x', code) },
    changes,
  );

export const pressure = (value: number, changes: Json = {}): Json =>
  observation(coded('http://loinc.org', '8480-6'), { valueQuantity: quantity(value, 'mm[Hg]') }, changes);

export const smoking = (code: string): Json =>
  observation(coded('http://loinc.org', '72166-2'), { valueCodeableConcept: coded('x', code) });

export const ldl = (value: number, changes: Json = {}): Json =>
  observation(coded('http://loinc.org', '13457-7'), { valueQuantity: quantity(value, 'mg/dL') }, changes);

const quantity = (value: number, code: string) => ({ value, unit: code, system: 'http://unitsofmeasure.org', code });

const category = [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory')];

export const result = (effectiveDateTime: string): Json =>
  observation(
    coded('http://loinc.org', '718-7'),
    { valueQuantity: quantity(120, 'g/L') },
    { category, effectiveDateTime },
  );

export function condition(code: string): Json {
  count += 1;
  return { resourceType: 'Condition', id: `c${count}`, subject, code: coded('http://snomed.info/sct', code) };
}

export const encounter: Json = {
  resourceType: 'Encounter',
  id: 'e',
  status: 'in-progress',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject,
};

/** A hook request; a key that is left out was not read. */
export const request = (prefetch: Json, hook = 'patient-view'): Json => ({
  hook,
  hookInstance: '5c1f5f0a-6d2b-4b8e-9a55-0c4bb0b9f8d1',
  context: { userId: 'Practitioner/d', patientId: 'p', encounterId: 'e' },
  prefetch,
});
