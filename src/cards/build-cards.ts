/** Decision -> cards (spec C.2). An empty list only says: this pathway does not apply, or the silence gate holds. */
import { type Card, EXTENSION_NAME } from '../cds-hooks/card.ts';
import { overrideReasons } from '../cds-hooks/override-reasons.ts';
import { baseOf } from '../knowledge/systems.ts';
import { headingAt } from './at-hook.ts';
import type { CardContext } from './card-context.ts';
import { detail } from './detail.ts';
import { plain, plainWords, truncated } from './escape.ts';
import { links } from './links.ts';
import { notAssessedCards } from './not-assessed.ts';
import { privateCards } from './private-card.ts';
import { reminderCard } from './reminder-card.ts';
import { silencedBy } from './repeat-control.ts';
import { isAskable, leftOpen, questionsToAsk } from './selection.ts';
import { findingsAt } from './settled.ts';
import { suggestions } from './suggestions.ts';

/** CDS Hooks: a summary has fewer than 140 characters. */
export const SUMMARY_LIMIT = 139;

/** Builds the cards of a Decision. */
export function buildCards(input: Omit<CardContext, 'findings'>): Card[] {
  const findings = input.decision.silent ? [] : findingsAt(input);
  // Silence needs everything to have been read; what was not is said.
  const [...cards] = findings.length === 0 ? notAssessedCards(input) : [findingCard({ ...input, findings })];
  return [...cards, ...privateCards(input, findings.length > 0)];
}

/** What was overridden a short while ago is reminded of; everything else is told in full. */
function findingCard(context: CardContext): Card {
  const override = silencedBy(context);
  const card = primaryCard(context);
  return override ? reminderCard(context, override, card) : card;
}

function primaryCard(context: CardContext): Card {
  const { topic, newUuid, findings, brief } = context;
  const [first] = findings as [CardContext['findings'][number]];
  const heading = headingAt(context);
  const drafts = brief ? [] : suggestions(context);
  const cardLinks = brief ? [] : links(context);
  return {
    uuid: newUuid(),
    summary: summary(first, heading.words),
    detail: brief ? '' : detail(context),
    indicator: heading.indicator,
    source: source(context, first),
    ...(drafts.length > 0 && { suggestions: drafts, selectionBehavior: 'any' as const }),
    overrideReasons: overrideReasons(baseOf(topic.url)),
    ...(cardLinks.length > 0 && { links: cardLinks }),
    extension: { [EXTENSION_NAME]: extension(context) },
  };
}

/** Begins with the urgency in words; then what fired first, else what cannot be excluded. */
function summary({ fired, raised }: CardContext['findings'][number], words: string): string {
  const [finding] = fired;
  const open = raised[0]?.result.rule.title;
  const text = finding ? finding.rule.title : `cannot exclude ${open}`;
  const more = fired.length + raised.length - 1;
  return truncated(plain(`${words}: ${text}${more > 0 ? ` (+${more} more)` : ''}`), SUMMARY_LIMIT);
}

export function source({ topic }: CardContext, { fired, raised }: CardContext['findings'][number]): Card['source'] {
  const [citation] = fired[0]?.rule.citations ?? raised[0]?.result.rule.citations ?? [];
  return {
    label: plainWords(citation?.display || topic.publisher),
    ...(citation?.url && { url: citation.url }),
    ...(topic.coding && { topic: topic.coding }),
  };
}

function extension({ topic, decision, findings }: CardContext) {
  const fired = decision.results.filter(({ state }) => state === 'fires').map(({ rule }) => rule.id);
  const open = decision.results.filter(({ raised }) => raised.length > 0).map(({ rule }) => rule.id);
  const notAsked = [...new Set([...questionsToAsk(decision), ...leftOpen(topic, decision, isAskable)])].map(
    ({ name }) => name,
  );
  const resolved = [...new Set(findings.flatMap(({ settled }) => [...(settled?.keys() ?? [])]))];
  return {
    ...(decision.level !== undefined && { level: decision.level }),
    ...(fired.length > 0 && { fired }),
    ...(open.length > 0 && { open }),
    ...(notAsked.length > 0 && { notAsked }),
    ...(resolved.length > 0 && { resolved }),
    plan: `${topic.id}|${topic.version}`,
    confidential: false,
  };
}
