/** Supposed draft orders: what the rules about orders say of each, beside the decision about the person. */
import { z } from 'zod';
import { decideOrders } from '../decision/decide-orders.ts';
import type { Decision } from '../decision/decision.ts';
import type { Moment } from '../evidence/chart.ts';
import type { Topic } from '../knowledge/topic.ts';
import type { Draft } from '../orders/draft.ts';
import { readDrafts } from '../orders/read-drafts.ts';
import { type Verdict, verdict } from './verdict.ts';

/** An order as people write it: it is recognised by its name, as the last resort of the hooks. */
export const supposedDraft = z.strictObject({
  kind: z.enum(['MedicationRequest', 'ServiceRequest']),
  name: z.string().trim().min(1).max(200),
});

type SupposedDraft = z.infer<typeof supposedDraft>;

export type DraftVerdicts = {
  name: string;
  /** What it is made of; absent when it orders no drug. */
  ingredients?: { names: string[]; complete: boolean };
  /** Every rule about orders. */
  rules: Verdict[];
};

/** One draft after the other: a rule is put in words while the draft that it read is still bound. */
export function draftVerdicts(
  topic: Topic,
  decision: Decision,
  given: readonly SupposedDraft[],
  moment: Moment,
): DraftVerdicts[] {
  const rules = topic.orderGroups.flatMap((group) => group.rules);
  return draftsOf(topic, given).map((draft) => {
    const decided = decideOrders(topic, decision, [draft], moment);
    const results = new Map(decided.flatMap((one) => one.results).map((result) => [result.rule.id, result]));
    return {
      name: draft.name,
      ...(draft.ingredients && { ingredients: madeOf(draft.ingredients) }),
      rules: rules.map((rule) => verdict(rule, results.get(rule.id), decision, topic)),
    };
  });
}

/** The same FHIR that an EHR would send, read by the same reader. */
function draftsOf(topic: Topic, given: readonly SupposedDraft[]): Draft[] {
  const entry = given.map(({ kind, name }, at) => {
    const concept = { text: name };
    const what = kind === 'MedicationRequest' ? { medicationCodeableConcept: concept } : { code: concept };
    return { resource: { resourceType: kind, id: `draft-${at}`, status: 'draft', intent: 'order', ...what } };
  });
  return readDrafts({ patientId: 'supposed', draftOrders: { entry } }, [], topic.orderTerms).drafts;
}

const madeOf = ({ codings, complete }: NonNullable<Draft['ingredients']>) => ({
  names: [...new Set(codings.map(({ display, code }) => display ?? code ?? ''))],
  complete,
});
