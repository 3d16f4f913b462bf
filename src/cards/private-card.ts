/** The card of the confidential facts: apart from everything public, with neutral words outside (spec 0.3-9, 0.6, F.5). */
import { type Card, EXTENSION_NAME } from '../cds-hooks/card.ts';
import { overrideReasons } from '../cds-hooks/override-reasons.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import { oncePer } from '../knowledge/once-per.ts';
import { baseOf } from '../knowledge/systems.ts';
import type { CardContext } from './card-context.ts';
import { basisSection } from './detail-basis.ts';
import { proposedActions, tellSection } from './detail-do.ts';
import { whySection } from './detail-why.ts';
import { escaped, plain, truncated } from './escape.ts';
import { bullet, markdown, type Section } from './section.ts';
import { findingsByLevel } from './selection.ts';
import { withService } from './services.ts';
import { suggestions } from './suggestions.ts';

/** CDS Hooks: a summary has fewer than 140 characters. */
const SUMMARY_LIMIT = 139;

type Input = Omit<CardContext, 'findings'>;

/**
 * One card, or none.
 * @param inContact something is said in public: then it is also said that private questions are open
 */
export function privateCards(input: Input, inContact: boolean): Card[] {
  const { topic, decision, contact } = input;
  const { results, level, failures } = decision.private;
  const apart = { ...decision, results, level, failures, unanswered: [], notes: [] };
  const findings = findingsByLevel(topic, results);
  const context: CardContext = { ...input, decision: apart, findings, isPrivate: true };
  if (findings.length > 0) return [card(context, 'found')];
  const open = questions(context).length > 0 && topic.privateCard.hooks.includes(contact.hook);
  // Outside the pathway only what certainly fires is said (spec 0.5 OUT).
  const asks = inContact && results.length > 0 && open && !decision.gates.has('OUT');
  return asks || failures.length > 0 ? [card(context, 'asks')] : [];
}

function card(context: CardContext, kind: 'found' | 'asks'): Card {
  const { topic, findings, decision, newUuid } = context;
  const group = findings[0]?.group;
  const words = topic.privateCard;
  const drafts = context.brief ? [] : suggestions(context);
  return {
    uuid: newUuid(),
    summary: truncated(plain(kind === 'found' ? `${group?.title}: ${words.summary}` : words.ask), SUMMARY_LIMIT),
    detail: context.brief ? '' : detail(context),
    indicator: group?.indicator ?? 'info',
    // Not the guideline: its name stands beside the summary.
    source: { label: plain(topic.publisher), ...(topic.coding && { topic: topic.coding }) },
    ...(drafts.length > 0 && { suggestions: drafts, selectionBehavior: 'any' as const }),
    overrideReasons: overrideReasons(baseOf(topic.url)),
    extension: {
      [EXTENSION_NAME]: {
        ...(decision.level !== undefined && { level: decision.level }),
        plan: `${topic.id}|${topic.version}`,
        confidential: true,
      },
    },
  };
}

const detail = (context: CardContext): string =>
  markdown([
    doSection(context),
    whySection(context),
    openSection(context),
    tellSection(context),
    basisSection(context),
  ]);

function doSection(context: CardContext): Section {
  const { instruction } = context.topic.privateCard;
  const actions = proposedActions(context).map((action) => withService(action, context.settings));
  return { title: 'What to do now', lines: [instruction, ...actions].map((text) => bullet(escaped(text))) };
}

function openSection(context: CardContext): Section {
  return {
    title: 'Not ruled out',
    lines: [
      ...questions(context).map(({ question }) => bullet(`Ask alone: “${escaped(question)}”`)),
      ...context.decision.failures.map(({ expression }) =>
        bullet(`Could not be evaluated, taken as unknown: ${escaped(expression)}`),
      ),
    ],
  };
}

/** Confidential questions without an answer that counts. */
const questions = ({ topic, decision }: CardContext) =>
  confidentialFacts(topic.facts).filter(({ name }) => decision.facts.get(name)?.value === undefined);

const confidentialFacts = oncePer((facts: FactDefinition[]) =>
  facts.filter(({ confidential, readOnly }) => confidential && !readOnly),
);
