/** Which codes somebody has seen with their meaning, and which nobody has. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeKey } from '../../src/fhir/codings.ts';
import type { Coding } from '../../src/fhir/types.ts';

/** `docs/clinical/verified-codes.json`, kept by hand: `system|code`. */
export type VerifiedCodes = { basis: string; codes: string[] };

/** @param root the folder that holds `docs/` */
export const readVerifiedCodes = (root: string): VerifiedCodes =>
  JSON.parse(readFileSync(join(root, 'docs/clinical/verified-codes.json'), 'utf8'));

export type CodeStatus = (coding: Coding) => 'verified' | '**unverified**' | 'own code';

const OWN = /^http:\/\/example\.org\//;

/** Everything that is not listed is unverified. HL7's own code systems are read in its specification. */
export function codeStatus({ codes }: VerifiedCodes): CodeStatus {
  const verified = new Set(codes);
  return (coding) => {
    if (OWN.test(coding.system ?? '')) return 'own code';
    const isHl7 = coding.system?.startsWith('http://terminology.hl7.org/') ?? false;
    return isHl7 || verified.has(codeKey(coding)) ? 'verified' : '**unverified**';
  };
}

const NAMES: [string, string][] = [
  ['http://loinc.org', 'LOINC'],
  ['http://snomed.info/sct', 'SNOMED CT'],
  ['http://www.nlm.nih.gov/research/umls/rxnorm', 'RxNorm'],
  ['http://www.whocc.no/atc', 'ATC'],
  ['http://hl7.org/fhir/sid/icd-10-cm', 'ICD-10-CM'],
  ['http://hl7.org/fhir/sid/icd-10', 'ICD-10'],
];

/** The name of a code system; the last part of the address where it has none here. */
export const systemName = (system = ''): string =>
  NAMES.find(([url]) => url === system)?.[1] ?? system.split('/').at(-1) ?? system;
