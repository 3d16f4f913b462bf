/** Facts that an author may suppose, as a page asks for them. */
import type { FactDefinition, FactKind } from '../knowledge/fact-definition.ts';
import type { Topic } from '../knowledge/topic.ts';

export type FactShown = {
  name: string;
  label: string;
  question: string;
  class: string;
  kind: FactKind;
  /** Title of its form. */
  form: string;
  unit?: string;
  min?: number;
  max?: number;
  /** Answers; none = yes or no, a number or a date, as `kind` says. */
  options: { code: string; display: string; meaning: string }[];
  confidential: boolean;
};

/** What a form can say; what the service computes from other facts stands apart. */
export const supposable = ({ facts }: Topic): FactDefinition[] =>
  facts.filter(({ derivation, role }) => derivation === undefined && role !== 'persisting');

/** What the service computes from other facts: supposed as if it had. */
export const computed = ({ facts }: Topic): FactDefinition[] =>
  facts.filter(({ derivation }) => derivation !== undefined);

const COMPUTED = 'Computed from other facts';

/** In the order of the forms; what is computed stands last. */
export function factsShown(topic: Topic): FactShown[] {
  const titles = new Map(topic.questionnaires.map(({ url, title, name }) => [url, title ?? name ?? '']));
  return [...supposable(topic), ...computed(topic)].map((fact) => ({
    name: fact.name,
    label: fact.label,
    question: fact.question,
    class: fact.class,
    kind: fact.kind,
    form: fact.derivation ? COMPUTED : (titles.get(fact.questionnaire) ?? ''),
    ...(fact.unit !== undefined && { unit: fact.unit }),
    ...(fact.plausible?.low !== undefined && { min: fact.plausible.low }),
    ...(fact.plausible?.high !== undefined && { max: fact.plausible.high }),
    options: fact.options.map(({ coding, display, meaning }) => ({ code: coding.code ?? '', display, meaning })),
    confidential: fact.confidential,
  }));
}

/** Numbers with two bounds: what a heat map can be drawn over. */
export const axes = (topic: Topic): FactDefinition[] =>
  supposable(topic).filter(
    ({ kind, plausible, role }) =>
      (kind === 'number' || kind === 'quantity') &&
      role === undefined &&
      plausible?.low !== undefined &&
      plausible.high !== undefined,
  );
