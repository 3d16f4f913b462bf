/**
 * Draft orders of `order-select` and `order-sign`. Real clients send drafts that are no valid FHIR (no Bundle type, no
 * intent): each part is read by itself, and a part that cannot be read is missing, never a reason to refuse.
 */
import { z } from 'zod';

/** Hooks whose context holds draft orders. */
export const ORDER_HOOKS: ReadonlySet<string> = new Set(['order-select', 'order-sign']);

/** A part that is left out when it is not what it should be. */
const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
/** A list without the entries that cannot be read. */
const listOf = <T extends z.ZodType>(entry: T) =>
  lenient(z.array(entry.nullable().catch(null)).transform((list) => list.filter((found) => found !== null)));

const text = lenient(z.string());
const number = lenient(z.number());
const coding = z.looseObject({ system: text, code: text, display: text });
const concept = z.looseObject({ coding: listOf(coding), text });
const quantity = z.looseObject({ value: number, unit: text, system: text, code: text, comparator: text });
const ratio = z.looseObject({ numerator: lenient(quantity), denominator: lenient(quantity) });
const reference = z.looseObject({ reference: text, display: text });

const medication = z.looseObject({
  resourceType: z.string(),
  id: text,
  code: lenient(concept),
  form: lenient(concept),
  ingredient: listOf(
    z.looseObject({
      itemCodeableConcept: lenient(concept),
      itemReference: lenient(reference),
      strength: lenient(ratio),
    }),
  ),
});

const timing = z.looseObject({
  code: lenient(concept),
  event: listOf(z.string()),
  repeat: lenient(
    z.looseObject({
      count: number,
      countMax: number,
      frequency: number,
      frequencyMax: number,
      period: number,
      periodUnit: text,
    }),
  ),
});

const dose = {
  doseQuantity: lenient(quantity),
  doseRange: lenient(z.looseObject({ high: lenient(quantity) })),
};

const dosage = z.looseObject({
  ...dose,
  timing: lenient(timing),
  route: lenient(concept),
  doseAndRate: listOf(z.looseObject(dose)),
  maxDosePerPeriod: lenient(ratio),
});

const order = z.looseObject({
  resourceType: z.string().min(1),
  id: text,
  status: text,
  doNotPerform: lenient(z.boolean()),
  subject: lenient(reference),
  patient: lenient(reference),
  contained: listOf(medication),
  medicationCodeableConcept: lenient(concept),
  medicationReference: lenient(reference),
  dosageInstruction: listOf(dosage),
  category: listOf(concept),
  code: lenient(concept),
  orderDetail: listOf(concept),
  bodySite: listOf(concept),
  reasonCode: listOf(concept),
  reasonReference: listOf(reference),
});

/** The members of a context that speak of orders; the Bundle's entries are read one by one. */
export const orderContext = {
  selections: z.array(z.string()).optional(),
  draftOrders: z.looseObject({ entry: z.array(z.unknown()).optional() }).optional(),
};

export type DraftOrder = z.infer<typeof order>;
export type DraftMedication = z.infer<typeof medication>;
export type Dosage = z.infer<typeof dosage>;
export type DraftConcept = z.infer<typeof concept>;
export type DraftRatio = z.infer<typeof ratio>;
export type DraftQuantity = z.infer<typeof quantity>;

const entry = z.looseObject({ resource: order });

/** The resources of a Bundle of drafts, and how many entries are none. */
export function readDraftEntries(bundle: { entry?: unknown[] | undefined } | undefined) {
  const read = (bundle?.entry ?? []).map((found) => entry.safeParse(found));
  return {
    resources: read.flatMap(({ data }) => (data ? [data.resource] : [])),
    unreadable: read.filter(({ success }) => !success).length,
  };
}

/** A resource that a draft may refer to for what it is called: a Medication, a Condition. */
export function readReferenced(resource: unknown): DraftMedication | undefined {
  return medication.safeParse(resource).data;
}
