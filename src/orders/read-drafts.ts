/** The context of an order hook -> drafts of this patient (design/clients: read leniently what is needed). */
import { type DraftMedication, type DraftOrder, readDraftEntries, readReferenced } from '../cds-hooks/draft-orders.ts';
import { typeAndId } from '../fhir/references.ts';
import type { OrderTerms } from '../knowledge/order-terms.ts';
import type { Draft, Drafts } from './draft.ts';
import { type FindReferenced, ingredientsOf } from './ingredients.ts';
import { nameOf } from './texts.ts';

/** What a call says about drafts. */
export type OrderContext = {
  patientId: string;
  draftOrders?: { entry?: unknown[] | undefined } | undefined;
  /** Only at `order-select`. */
  selections?: string[] | undefined;
};

/** No orders any more. */
const ENDED = new Set(['entered-in-error', 'cancelled', 'stopped', 'revoked', 'completed']);
const DRUG_ORDERS = new Set(['MedicationRequest', 'MedicationOrder']);

/**
 * Reads the drafts, newly selected ones first.
 * @param others resources beside the drafts that may hold the Medication or the reason of one
 */
export function readDrafts(context: OrderContext, others: readonly unknown[], terms: OrderTerms): Drafts {
  const { resources, unreadable } = readDraftEntries(context.draftOrders);
  const find = referencedIn([...resources, ...others]);
  const orders = resources.filter(({ resourceType }) => resourceType !== 'Medication');
  const ours = orders.filter((order) => isOf(order, context.patientId));
  const selected = context.selections && new Set(context.selections.map(bare));
  const drafts = ours
    .filter(({ status, doNotPerform }) => !ENDED.has(status ?? '') && !doNotPerform)
    .map((order) => draftOf(order, selected, terms, find));
  return {
    drafts: [...drafts.filter((draft) => draft.selected), ...drafts.filter((draft) => !draft.selected)],
    unreadable: unreadable + orders.length - ours.length,
  };
}

/** `Type/id` of the Medications that drafts refer to and that stand nowhere in these resources. */
export function missingMedications(context: OrderContext, others: readonly unknown[]): string[] {
  const { resources } = readDraftEntries(context.draftOrders);
  const find = referencedIn([...resources, ...others]);
  return resources.flatMap(({ medicationReference, contained }) => {
    const reference = typeAndId(referenceOf(medicationReference?.reference));
    const isHere = find(medicationReference?.reference) ?? contained?.find(isContained(medicationReference?.reference));
    return reference?.startsWith('Medication/') && !isHere ? [reference] : [];
  });
}

/** A draft that names nobody is the patient's of the context. */
function isOf({ subject, patient }: DraftOrder, patientId: string): boolean {
  const owner = subject?.reference ?? patient?.reference;
  return owner === undefined || bare(owner) === patientId;
}

function draftOf(
  order: DraftOrder,
  selected: ReadonlySet<string> | undefined,
  terms: OrderTerms,
  find: FindReferenced,
): Draft {
  const { resourceType, id, contained, medicationReference, medicationCodeableConcept, code } = order;
  const inside: FindReferenced = (reference) => contained?.find(isContained(reference)) ?? find(reference);
  const medication = inside(medicationReference?.reference);
  const names = [nameOf(medicationCodeableConcept), nameOf(medication?.code), medicationReference?.display];
  const isDrug = DRUG_ORDERS.has(resourceType) || medicationCodeableConcept !== undefined;
  const concept = medicationCodeableConcept ?? (medicationReference && { text: medicationReference.display });
  return {
    order,
    reference: relativeReference(resourceType, id),
    name: [...names, nameOf(code)].find((name) => name !== undefined) ?? `${resourceType} without a name`,
    selected: selected === undefined || (id !== undefined && selected.has(id)),
    medication,
    reasons: [
      ...(order.reasonCode ?? []),
      ...(order.reasonReference ?? []).flatMap(({ reference, display }) => {
        return [inside(reference)?.code ?? {}, { text: display }];
      }),
    ],
    ingredients: isDrug ? ingredientsOf(concept, medication, terms, inside) : undefined,
  };
}

const REFERENCED = new Set(['Medication', 'Condition']);

function referencedIn(resources: readonly unknown[]): FindReferenced {
  const known = new Map<string, DraftMedication>();
  for (const resource of resources) {
    const type = (resource as { resourceType?: unknown } | null)?.resourceType;
    const read = REFERENCED.has(String(type)) ? readReferenced(resource) : undefined;
    if (read?.id !== undefined) known.set(`${read.resourceType}/${read.id}`, read);
  }
  return (reference) => known.get(typeAndId(referenceOf(reference)) ?? '');
}

const isContained =
  (reference: string | undefined) =>
  ({ id }: DraftMedication): boolean =>
    id !== undefined && reference === `#${id}`;

const referenceOf = (reference: string | undefined) => (reference === undefined ? undefined : { reference });

/** `Type/id` of a draft; undefined when its id is none that an answer could name. */
function relativeReference(type: string, id: string | undefined): string | undefined {
  const reference = `${type}/${id ?? ''}`;
  return typeAndId({ reference }) === reference ? reference : undefined;
}

/** The id of `Type/id`, or of an id that stands alone. */
const bare = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
