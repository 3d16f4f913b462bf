/** What to tell the patient: texts of the plan by code, with the wording of each gate, in every language of the plan. */
import { extensionNamed, extensionsNamed, extensionText, extensionTexts } from '../fhir/extensions.ts';
import { readTranslations } from '../fhir/translations.ts';
import type { Extension, PlanDefinition } from '../fhir/types.ts';
import type { PatientText, Words } from './topic.ts';

/** Reads the texts of a plan. */
export function readPatientTexts(plan: PlanDefinition): Map<string, PatientText> {
  const texts = new Map<string, Words & { byGate: Map<string, Words> }>();
  for (const extension of extensionsNamed(plan, 'patient-text')) {
    const code = extensionText(extension, 'code') ?? '';
    const words = wordsOf(extensionNamed(extension, 'text'));
    const gates = extensionTexts(extension, 'gate');
    const text = texts.get(code) ?? { ...words, byGate: new Map<string, Words>() };
    texts.set(code, gates.length === 0 ? { ...text, ...words } : text);
    for (const gate of gates) text.byGate.set(gate, words);
  }
  return texts;
}

/** The texts that a rule or an action tells: texts of the plan by their code, or words of its own. */
export const readTold = (
  element: Parameters<typeof extensionsNamed>[0],
  texts: ReadonlyMap<string, PatientText>,
): PatientText[] =>
  extensionsNamed(element, 'patient-text').map((extension) => {
    const own = wordsOf(extension);
    return texts.get(extension.valueCode ?? own.text) ?? { ...own, byGate: new Map() };
  });

/** The wording of a gate. */
export const wordingIn = (text: PatientText, gate: string): Words => text.byGate.get(gate) ?? text;

const wordsOf = (extension: Extension | undefined): Words => ({
  text: extension?.valueString ?? extension?.valueCode ?? '',
  translations: readTranslations(extension?._valueString),
});
