/** The envelope of the resources that facts are read from: the shapes that readers rely on, not all of FHIR. */
import { z } from 'zod';
import type { FhirResource } from '../fhir/types.ts';
import { type Predicate, predicateOf } from './predicate.ts';

const text = z.string().optional();
const coding = z.looseObject({ system: text, code: text, display: text });
const concept = z.looseObject({ coding: z.array(coding).optional(), text });
const period = z.looseObject({ start: text, end: text });
const quantity = z.looseObject({
  value: z.number().optional(),
  comparator: text,
  unit: text,
  system: text,
  code: text,
});
const reference = z.looseObject({ reference: text, type: text });

const value = {
  valueBoolean: z.boolean().optional(),
  valueInteger: z.number().optional(),
  valueQuantity: quantity.optional(),
  valueDateTime: text,
  valueString: text,
};
const observed = { ...value, code: concept.optional(), valueCodeableConcept: concept.optional() };

const item: z.ZodType = z.looseObject({
  linkId: z.string(),
  answer: z
    .array(
      z.looseObject({
        ...value,
        valueCoding: coding.optional(),
        valueDecimal: z.number().optional(),
        valueDate: text,
        item: z.lazy(() => z.array(item)).optional(),
      }),
    )
    .optional(),
  item: z.lazy(() => z.array(item)).optional(),
});

const resource = { id: text, status: text, subject: reference.optional(), patient: reference.optional() };

const medication = {
  ...resource,
  medicationCodeableConcept: concept.optional(),
  medicationReference: reference.optional(),
};

/** By resource type. */
export const envelopes: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['Patient', z.looseObject({ ...resource, gender: text, birthDate: text })],
  [
    'QuestionnaireResponse',
    z.looseObject({
      ...resource,
      questionnaire: text,
      authored: text,
      source: reference.optional(),
      item: z.array(item).optional(),
    }),
  ],
  [
    'Observation',
    z.looseObject({
      ...resource,
      ...observed,
      component: z.array(z.looseObject(observed)).optional(),
      effectiveDateTime: text,
      effectiveInstant: text,
      effectivePeriod: period.optional(),
      issued: text,
      derivedFrom: z.array(reference).optional(),
    }),
  ],
  [
    'ClinicalImpression',
    z.looseObject({
      ...resource,
      code: concept.optional(),
      finding: z.array(z.looseObject({ itemCodeableConcept: concept.optional() })).optional(),
      effectiveDateTime: text,
      effectivePeriod: period.optional(),
      date: text,
    }),
  ],
  [
    'Condition',
    z.looseObject({
      ...resource,
      clinicalStatus: concept.optional(),
      verificationStatus: concept.optional(),
      code: concept.optional(),
      onsetDateTime: text,
      onsetPeriod: period.optional(),
      abatementDateTime: text,
      abatementPeriod: period.optional(),
      recordedDate: text,
    }),
  ],
  [
    'Procedure',
    z.looseObject({
      ...resource,
      code: concept.optional(),
      performedDateTime: text,
      performedPeriod: period.optional(),
    }),
  ],
  ['Medication', z.looseObject({ id: text, code: concept.optional() })],
  ['MedicationRequest', z.looseObject({ ...medication, authoredOn: text, intent: text })],
  [
    'MedicationStatement',
    z.looseObject({ ...medication, effectiveDateTime: text, effectivePeriod: period.optional(), dateAsserted: text }),
  ],
  [
    'List',
    z.looseObject({
      ...resource,
      code: concept.optional(),
      date: text,
      emptyReason: concept.optional(),
      entry: z.array(z.looseObject({ deleted: z.boolean().optional(), item: reference.optional() })).optional(),
    }),
  ],
  [
    'Encounter',
    z.looseObject({
      ...resource,
      class: coding.optional(),
      type: z.array(concept).optional(),
      period: period.optional(),
      reasonCode: z.array(concept).optional(),
      serviceType: concept.optional(),
    }),
  ],
  ['EpisodeOfCare', z.looseObject({ ...resource, type: z.array(concept).optional(), period: period.optional() })],
]);

const known = new Map<unknown, Predicate>();
const predicates = new Map([...envelopes].map(([type, schema]) => [type, predicateOf(schema, known)]));

/** Whether a resource holds together as far as it is read; types that are not read always do. */
export function isWellFormed(found: FhirResource): boolean {
  if (typeof found.resourceType !== 'string') return false;
  try {
    return predicates.get(found.resourceType)?.(found) ?? true;
  } catch {
    // Nested deeper than the stack: nobody could read it.
    return false;
  }
}
