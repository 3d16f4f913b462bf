/** Codings are complete: a code without system matches nothing, one without display cannot be read by a clinician. */
import type { Coding } from '../../fhir/types.ts';
import type { Part } from './parts.ts';

/** Parts of their own: checked under their own name. */
const OTHER_PARTS = new Set(['item', 'action', 'answerOption', 'enableWhen', 'contained']);
const HOLDS_CODINGS = new Set(['coding', 'valueCoding', 'answerCoding']);

/** One reason for each coding of a part that lacks system, code or display. */
export function incompleteCodings({ level, node }: Part): string[] {
  return codingsIn(node, level === 'item' || level === 'questionnaire').flatMap((coding) => {
    const missing = (['system', 'code', 'display'] as const).filter((name) => !coding[name]);
    if (missing.length === 0) return [];
    return [`the coding ${coding.system ?? ''}|${coding.code ?? ''} has no ${missing.join(' and no ')}`];
  });
}

/** @param codeIsCoding in Questionnaires `code` is a list of codings, elsewhere a concept */
function codingsIn(node: object, codeIsCoding: boolean): Coding[] {
  const codings: Coding[] = [];
  for (const [name, value] of Object.entries(node)) {
    if (!isObject(value) || OTHER_PARTS.has(name)) continue;
    if (HOLDS_CODINGS.has(name) || (codeIsCoding && name === 'code')) codings.push(...(listOf(value) as Coding[]));
    else for (const inner of listOf(value)) codings.push(...codingsIn(inner, false));
  }
  return codings;
}

const listOf = (value: object): object[] => (Array.isArray(value) ? value.filter(isObject) : [value]);
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
