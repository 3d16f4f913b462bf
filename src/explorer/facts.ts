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

/** What only the service computes from other facts is left out. */
export const supposable = ({ facts }: Topic): FactDefinition[] =>
  facts.filter(({ derivation, role }) => derivation === undefined && role !== 'persisting');

/** In the order of the forms. */
export function factsShown(topic: Topic): FactShown[] {
  const titles = new Map(topic.questionnaires.map(({ url, title, name }) => [url, title ?? name ?? '']));
  return supposable(topic).map((fact) => ({
    name: fact.name,
    label: fact.label,
    question: fact.question,
    class: fact.class,
    kind: fact.kind,
    form: titles.get(fact.questionnaire) ?? '',
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
