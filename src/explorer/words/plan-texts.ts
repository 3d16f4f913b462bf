/** What a compiled topic does not keep of its plan: codes of texts, review dates, notes. */
import { extensionNamed, extensionsNamed, extensionText } from '../../fhir/extensions.ts';
import type { PlanDefinition, PlanDefinitionAction } from '../../fhir/types.ts';

export type PlanText = { code: string; text: string; gates: string[] };

/** Texts for patients, by code. */
export const planTexts = (plan: PlanDefinition): PlanText[] =>
  extensionsNamed(plan, 'patient-text').map((text) => ({
    code: extensionText(text, 'code') ?? '',
    text: extensionText(text, 'text') ?? '',
    gates: extensionsNamed(text, 'gate').flatMap(({ valueCode }) => valueCode ?? []),
  }));

/** When each rule has to be looked at again, and the code of each text. */
export type PlanFacts = { due: ReadonlyMap<string, string>; codeOf: ReadonlyMap<string, string> };

export const planFacts = (plan: PlanDefinition): PlanFacts => ({
  due: new Map(
    rulesOf(plan).map((rule) => [rule.id ?? '', extensionNamed(rule, 'review-due')?.valueDate ?? 'not stated']),
  ),
  codeOf: new Map(planTexts(plan).map(({ code, text }) => [text, code])),
});

/** Codes of the texts that rules, their actions and the hooks tell. */
export function textsTold(plan: PlanDefinition): Map<string, string[]> {
  const told = new Map<string, string[]>();
  const add = (teller: string, codes: string[]) => {
    for (const code of codes) told.set(code, [...new Set([...(told.get(code) ?? []), teller])]);
  };
  for (const rule of rulesOf(plan)) {
    for (const action of [rule, ...(rule.action ?? [])]) add(rule.id ?? '', codesIn(action));
  }
  for (const note of extensionsNamed(plan, 'hook-note')) {
    for (const { valueCode } of extensionsNamed(note, 'hook')) add(valueCode ?? '', codesIn(note));
  }
  return told;
}

const codesIn = (element: Parameters<typeof extensionsNamed>[0]): string[] =>
  extensionsNamed(element, 'patient-text').flatMap(({ valueCode }) => valueCode ?? []);

const rulesOf = (plan: PlanDefinition): PlanDefinitionAction[] =>
  (plan.action ?? []).flatMap(({ action: groups }) => groups ?? []).flatMap(({ action: rules }) => rules ?? []);
