/** Texts for patients that are told by their code, wherever in the plan, exist. */
import { type Extensible, extensionsNamed, extensionText } from '../../fhir/extensions.ts';
import type { PlanDefinition } from '../../fhir/types.ts';

/** Codes of the texts of a plan. */
export const textsOf = (plan: PlanDefinition): ReadonlySet<string> =>
  new Set(extensionsNamed(plan, 'patient-text').map((text) => extensionText(text, 'code') ?? ''));

/** Codes that are told and stand nowhere. */
export const untold = (codes: string[], texts: ReadonlySet<string>): string[] =>
  codes.filter((code) => !texts.has(code)).map((code) => `\`patient-text\` ${code} is no text of the plan`);

/** Codes that stand on elements; words of an element's own have none. */
export const toldCodes = (elements: (Extensible | undefined)[]): string[] =>
  elements.flatMap((element) => extensionsNamed(element, 'patient-text')).flatMap(({ valueCode }) => valueCode ?? []);
