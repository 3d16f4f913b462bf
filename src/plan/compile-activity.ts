/** ActivityDefinition -> what drafts are made from. */
import type { ActivityDefinition } from '../fhir/types.ts';
import { readNames } from './compile-names.ts';
import type { Compiling } from './compiling.ts';
import { readDynamicValues } from './dynamic-values.ts';
import { DRAFT_KINDS, unhonouredOfActivity } from './elements.ts';
import { hiddenMeanings, notInForce, otherSubject } from './meanings.ts';
import type { Activity } from './plan.ts';

/** Compiles an activity; faults are reported under its id. Its names are its own, whichever plan calls it. */
export function compileActivity(definition: ActivityDefinition, context: Compiling): Activity {
  const { kind, id = 'ActivityDefinition' } = definition;
  const names = readNames(definition, [], undefined, definition, id, context);
  const reasons = [
    ...unhonouredOfActivity(definition),
    ...hiddenMeanings(definition),
    ...otherSubject(definition),
    ...notInForce(definition),
  ];
  if (!DRAFT_KINDS.includes(kind ?? '')) {
    reasons.push(`kind ${kind ?? 'missing'}: drafts are ${DRAFT_KINDS.join(', ')}`);
  }
  if (kind === 'MedicationRequest' && !definition.productCodeableConcept && !definition.productReference) {
    reasons.push('a MedicationRequest needs a product');
  }
  if (['ServiceRequest', 'MedicationRequest'].includes(kind ?? '') && (definition.participant ?? []).length > 1) {
    reasons.push(`a ${kind} has one kind of performer: the second participant would be silently ignored`);
  }
  for (const reason of reasons) context.report(id, reason);
  return { definition, names, dynamicValues: readDynamicValues(definition.dynamicValue, kind, names, id, context) };
}
