/** Codings and CodeableConcepts: compared by system and code only; `display` and `version` never decide (spec B.1). */
import type { CodeableConcept, Coding } from './types.ts';

/** HL7's yes / no / unknown. */
export const YES_NO_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v2-0532';
export const SNOMED = 'http://snomed.info/sct';

const ABSENT = new Set(['2667000', '260385009', '373067005', '260415000']);
const PRESENT = new Set(['52101004', '373066001', '10828004']);
const UNKNOWN = new Set(['UNK', 'ASKU', 'NASK', 'NA']);

/** The key under which codes are indexed. */
export function codeKey(coding: Coding): string {
  return `${coding.system ?? ''}|${coding.code ?? ''}`;
}

/** The codings of a concept that can be matched at all. */
export function codingsOf(concept: CodeableConcept | undefined): Coding[] {
  return concept?.coding?.filter((coding) => coding?.code !== undefined) ?? [];
}

/** Text to print for a concept: its text, else a display, else a code. */
export function conceptText(concept: CodeableConcept | undefined): string | undefined {
  const coding = concept?.coding?.find((candidate) => candidate?.display ?? candidate?.code);
  return concept?.text ?? coding?.display ?? coding?.code;
}

/**
 * Yes, no or neither, from the codes that mean presence and absence everywhere
 * (v2-0532, SNOMED CT qualifiers). Sources: spec B.1 "Answers" and "Negative codes".
 */
export function yesOrNo(coding: Coding): boolean | 'unknown' | undefined {
  const code = coding.code ?? '';
  if (coding.system === SNOMED) {
    if (ABSENT.has(code)) return false;
    return PRESENT.has(code) ? true : undefined;
  }
  if (UNKNOWN.has(code)) return 'unknown';
  if (code === 'Y') return true;
  return code === 'N' ? false : undefined;
}
