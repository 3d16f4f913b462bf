/** What to tell the patient: texts of the plan by code, with the wording of each gate. */
import { extensionsNamed, extensionText, extensionTexts } from '../fhir/extensions.ts';
import type { PlanDefinition } from '../fhir/types.ts';
import type { PatientText } from './topic.ts';

/** Reads the texts of a plan. */
export function readPatientTexts(plan: PlanDefinition): Map<string, PatientText> {
  const texts = new Map<string, { text: string; byGate: Map<string, string> }>();
  for (const extension of extensionsNamed(plan, 'patient-text')) {
    const code = extensionText(extension, 'code') ?? '';
    const words = extensionText(extension, 'text') ?? '';
    const gates = extensionTexts(extension, 'gate');
    const text = texts.get(code) ?? { text: words, byGate: new Map<string, string>() };
    texts.set(code, text);
    for (const gate of gates) text.byGate.set(gate, words);
    if (gates.length === 0) text.text = words;
  }
  return texts;
}
