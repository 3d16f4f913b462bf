/** Suggestions of an order card: take the draft away and put the alternative in its place; an EHR can accept each. */
import type { Action, Suggestion } from '../cds-hooks/card.ts';
import type { DraftConcept } from '../cds-hooks/draft-orders.ts';
import { codeKey } from '../fhir/codings.ts';
import type { ActivityDefinition } from '../fhir/types.ts';
import type { RuleAction } from '../knowledge/topic.ts';
import type { Draft } from '../orders/draft.ts';
import { proposedActions } from './detail-do.ts';
import { plain, truncated } from './escape.ts';
import { namesOf, type OrderContext } from './order-context.ts';
import { draft as draftOf } from './suggestions.ts';

/** Labels are read at a glance. */
const NAME_LIMIT = 60;

/** What can be done at once: replace, add, or only take away. */
export function orderSuggestions(context: OrderContext): Suggestion[] {
  const proposed = proposedActions(context);
  const removals = proposed.some(({ removes }) => removes) ? context.orders.flatMap(removal) : [];
  const additions = proposed.filter(({ activity }) => activity && !isHeld(activity, context.drafts));
  const replacement = removals.length > 0 ? additions.find((action) => replaces(action, context)) : undefined;
  const names = truncated(plain(namesOf(context.orders)), NAME_LIMIT);
  const urgent = context.findings[0]?.group.indicator === 'critical';
  return [
    ...(replacement
      ? [
          suggestion(`Replace ${names} by: ${replacement.title}`, [...removals, ...creation(replacement, context)], {
            isRecommended: urgent,
          }),
        ]
      : removals.length > 0
        ? [suggestion(`Remove ${names}`, removals, { isRecommended: urgent })]
        : []),
    ...additions
      .filter((action) => action !== replacement)
      .map((action) => suggestion(action.title, creation(action, context), {})),
  ];

  function suggestion(label: string, actions: Action[], { isRecommended }: { isRecommended?: boolean }): Suggestion {
    return { label: plain(label), uuid: context.newUuid(), ...(isRecommended && { isRecommended }), actions };
  }
}

/** A draft without an id cannot be named: it is left to the clinician. */
function removal({ draft: { reference, name } }: OrderContext['orders'][number]): Action[] {
  if (reference === undefined) return [];
  return [{ type: 'delete', description: truncated(plain(`Remove ${name}`), 200), resourceId: reference }];
}

function creation({ activity, title }: RuleAction, context: OrderContext): Action[] {
  if (!activity) return [];
  const description = plain(activity.description ?? title);
  return [{ type: 'create', description, resource: draftOf(activity, context) }];
}

/** A drug takes the place of a drug, an examination that of an examination. */
const replaces = ({ activity }: RuleAction, { orders }: OrderContext): boolean =>
  activity !== undefined && orders.every(({ draft }) => draft.order.resourceType === activity.kind);

/** What the drafts already hold is not suggested again. */
function isHeld({ code, productCodeableConcept }: ActivityDefinition, drafts: Draft[]): boolean {
  const wanted = [code, productCodeableConcept].flatMap((concept) => [
    ...(concept ? keysOf(concept as DraftConcept) : []),
  ]);
  return drafts.some(({ order, ingredients }) => {
    const held = new Set([
      ...[order.code, order.medicationCodeableConcept].flatMap((concept) => (concept ? keysOf(concept) : [])),
      ...(ingredients?.codings.map(codeKey) ?? []),
    ]);
    return wanted.some((key) => held.has(key));
  });
}

const keysOf = ({ coding = [], text }: DraftConcept): string[] => [
  ...coding.map(({ system, code }) => `${system ?? ''}|${code ?? ''}`),
  ...(text === undefined ? [] : [text.trim().toLowerCase()]),
];
