/** A Questionnaire as a page needs it: without what only this service reads, a third of the size. */
import type { Extension, Questionnaire } from '../fhir/types.ts';

/** Of our own extensions these change what a page does. */
const KEPT = ['confidential', 'fact-class'];

/** The same questions; extensions of FHIR itself are kept. */
export const slim = (questionnaire: Questionnaire): Questionnaire => stripped(questionnaire) as Questionnaire;

function stripped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      if (name !== 'extension') return [[name, stripped(inner)]];
      const kept = (inner as Extension[]).filter(({ url }) => isKept(url));
      return kept.length > 0 ? [[name, kept]] : [];
    }),
  );
}

const isKept = (url: string): boolean =>
  url.startsWith('http://hl7.org/fhir/') || KEPT.some((name) => url.endsWith(`/${name}`));
