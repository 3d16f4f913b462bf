/** ActivityDefinition -> what drafts are made from. */
import type { ActivityDefinition } from '../fhir/types.ts';
import { readNames } from './compile-names.ts';
import type { Compiling } from './compiling.ts';
import { readDynamicValues } from './dynamic-values.ts';
import { unhonouredOfActivity } from './elements.ts';
import type { Activity } from './plan.ts';

/** The resources that drafts can be. */
const DRAFT_KINDS = ['ServiceRequest', 'MedicationRequest', 'Task', 'CommunicationRequest'];

/** Compiles an activity; faults are reported under its id. Its names are its own, whichever plan calls it. */
export function compileActivity(definition: ActivityDefinition, context: Compiling): Activity {
  const { kind, id = 'ActivityDefinition' } = definition;
  const names = readNames(definition, [], undefined, definition, id, context);
  const reasons = unhonouredOfActivity(definition);
  if (!DRAFT_KINDS.some((known) => known === kind)) {
    reasons.push(`kind ${kind ?? 'missing'}: drafts are ${DRAFT_KINDS.join(', ')}`);
  }
  if (kind === 'MedicationRequest' && !definition.productCodeableConcept && !definition.productReference) {
    reasons.push('a MedicationRequest needs a product');
  }
  for (const reason of reasons) context.report(id, reason);
  return { definition, names, dynamicValues: readDynamicValues(definition.dynamicValue, kind, names, id, context) };
}
