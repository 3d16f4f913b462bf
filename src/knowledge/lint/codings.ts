/** Codings are complete: a code without system matches nothing, one without display cannot be read by a clinician. */
import type { Coding } from '../../fhir/types.ts';
import { fieldsOf, type Part } from './parts.ts';

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
  return [...fieldsOf(node)].flatMap(([name, value]) => {
    if (OTHER_PARTS.has(name)) return [];
    const values = (Array.isArray(value) ? value : [value]).filter(isObject);
    if (HOLDS_CODINGS.has(name) || (codeIsCoding && name === 'code')) return values as Coding[];
    return values.flatMap((inner) => codingsIn(inner, false));
  });
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
