/** Codings and CodeableConcepts: compared by system and code only; `display` and `version` never decide (spec B.1). */
import type { CodeableConcept, Coding } from './types.ts';

/** HL7's yes / no / unknown. */
export const YES_NO_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v2-0532';
const HL7 = 'http://terminology.hl7.org/';

const UNKNOWN = new Set(['UNK', 'ASKU', 'NASK', 'NA']);

/** The key under which codes are indexed. */
export function codeKey(coding: Coding): string {
  return `${coding.system ?? ''}|${coding.code ?? ''}`;
}

/** Whether two codings have the same {@link codeKey}. */
export const sameCode = (a: Coding, b: Coding): boolean =>
  (a.code ?? '') === (b.code ?? '') && (a.system ?? '') === (b.system ?? '');

/** The codings of a concept that can be matched at all. */
export function codingsOf(concept: CodeableConcept | undefined): Coding[] {
  const codings = concept?.coding ?? [];
  return codings.every(isCoded) ? codings : codings.filter(isCoded);
}

const isCoded = (coding: Coding | undefined): boolean => coding?.code !== undefined;

/** Text to print for a concept: its text, else a display, else a code. */
export function conceptText(concept: CodeableConcept | undefined): string | undefined {
  const coding = concept?.coding?.find((candidate) => candidate?.display ?? candidate?.code);
  return concept?.text ?? coding?.display ?? coding?.code;
}

/** Yes, no or "not known" of v2-0532; undefined for any other code. */
export function yesOrNo({ system, code = '' }: Coding): boolean | 'unknown' | undefined {
  if (UNKNOWN.has(code)) return 'unknown';
  // Interpretation and yes/no tables write the same letter; a local system's Y may mean anything.
  if (system !== undefined && !system.startsWith(HL7)) return undefined;
  if (code === 'Y') return true;
  return code === 'N' ? false : undefined;
}
