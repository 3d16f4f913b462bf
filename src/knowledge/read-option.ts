/** Answer options: the value that expressions see, and what choosing it means. */
import { YES_NO_SYSTEM } from '../fhir/codings.ts';
import { extensionNamed, extensionText } from '../fhir/extensions.ts';
import type { Coding, QuestionnaireItemAnswerOption } from '../fhir/types.ts';
import type { FactOption, Meaning } from './fact-definition.ts';

/** Yes / no / not sure are v2-0532 codes; a choice made of these alone is a boolean fact. */
export function isYesNo(options: QuestionnaireItemAnswerOption[] | undefined): boolean {
  return options !== undefined && options.length > 0 && options.every((o) => o.valueCoding?.system === YES_NO_SYSTEM);
}

/** Reads one answer option. */
export function readOption(option: QuestionnaireItemAnswerOption): FactOption {
  // What is answered keeps the authored words: their translations stay with the form.
  const { _display, ...held } = option.valueCoding ?? { code: option.valueString ?? String(option.valueInteger ?? '') };
  const coding: Coding = held;
  const code = coding.code ?? '';
  const stated = extensionText(option, 'answer-meaning');
  const meaning = isMeaning(stated) ? stated : defaultMeaning(coding);
  const range = extensionNamed(option, 'gestation-range')?.valueRange;
  return {
    coding,
    value: meaning === 'not-sure' ? undefined : coding.system === YES_NO_SYSTEM ? code === 'Y' : code,
    display: coding.display ?? code,
    meaning,
    pregnancyMeaning: extensionText(option, 'pregnancy-meaning'),
    gestationRange: range && { min: range.low?.value ?? 0, max: range.high?.value ?? 0 },
  };
}

function defaultMeaning({ system, code }: Coding): Meaning {
  if (system === YES_NO_SYSTEM) return code === 'Y' ? 'positive' : code === 'N' ? 'negative' : 'not-sure';
  if (code === 'notSure') return 'not-sure';
  return code === 'none' ? 'negative' : 'positive';
}

/** Whether a text is a meaning. */
export const isMeaning = (text: string | undefined): text is Meaning =>
  text === 'positive' || text === 'negative' || text === 'not-sure';
