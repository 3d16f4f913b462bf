/** What is supposed, as the form holds it. */
import type { Answer, Fact, Plan, Supposed, SupposedDraft } from '../service.ts';

export type Supposing = {
  facts: Map<string, Answer>;
  weeks: number | undefined;
  days: number;
  faceToFace: boolean;
  drafts: SupposedDraft[];
};

/** In the middle of a pregnancy, nothing else known. */
export const atFirst = (): Supposing => ({ facts: new Map(), weeks: 24, days: 0, faceToFace: false, drafts: [] });

export const supposedOf = ({ url }: Plan, { facts, weeks, days, faceToFace, drafts }: Supposing): Supposed => ({
  plan: url,
  facts: Object.fromEntries(facts),
  ...(weeks !== undefined && { gestation: weeks * 7 + days }),
  faceToFace,
  drafts,
});

/** Questions that the person is asked and that were left open are answered with no. */
export function denyTheRest({ facts }: Plan, supposing: Supposing): void {
  for (const fact of facts.filter((one) => one.class === 'symptom' && !supposing.facts.has(one.name))) {
    const no = fact.options.find(({ meaning }) => meaning === 'negative');
    if (no) supposing.facts.set(fact.name, fact.kind === 'choices' ? [no.code] : no.code);
  }
}

/** The answer that a field of one answer holds; undefined = unknown. */
export function answerIn({ kind, options }: Fact, text: string): Answer | undefined {
  if (text === '') return undefined;
  if (options.length > 0) return text;
  if (kind === 'boolean') return text === 'true';
  return kind === 'date' ? text : Number(text);
}

/** The text of a field for an answer. */
export const textOf = (answer: Answer | undefined): string => (answer === undefined ? '' : String(answer));
