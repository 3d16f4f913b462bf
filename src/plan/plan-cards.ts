/** Applied actions -> cards (R4 "CDS on FHIR"): first level a card, second a suggestion, third its actions. */

import { plain, truncated } from '../cards/escape.ts';
import { type Card, EXTENSION_NAME } from '../cds-hooks/card.ts';
import type { AppliedAction, PlanResult } from './apply-plan.ts';
import { dataLines, planDetail } from './plan-detail.ts';
import { linksOf, sourceOf } from './plan-source.ts';
import { suggestionsOf } from './plan-suggestions.ts';
import { hoisted, priorityOf, titleOf } from './texts.ts';

/** CDS Hooks: a summary has fewer than 140 characters. */
const SUMMARY_LIMIT = 139;

const INDICATORS = { routine: 'info', urgent: 'warning', asap: 'critical', stat: 'critical' } as const;

/** One card for each action of the first level, and one for what could not be assessed. */
export function planCards(result: PlanResult, newUuid: () => string): Card[] {
  const cards = hoisted(result.actions).map((action) => cardOf(action, result, newUuid));
  return result.notAssessed.length === 0 ? cards : [...cards, notAssessedCard(result, newUuid)];
}

function cardOf(action: AppliedAction, result: PlanResult, newUuid: () => string): Card {
  const suggestions = suggestionsOf(action, newUuid);
  const links = linksOf(action, result.plan);
  return {
    uuid: newUuid(),
    summary: truncated(plain(titleOf(action)), SUMMARY_LIMIT),
    detail: planDetail(action, result),
    indicator: INDICATORS[priorityOf(action) ?? 'routine'],
    source: sourceOf(action, result.plan),
    ...(suggestions.length > 0 && { suggestions, selectionBehavior: selectionOf(action) }),
    ...(links.length > 0 && { links }),
    extension: { [EXTENSION_NAME]: { ...extensionOf(result), fired: [action.step.id] } },
  };
}

const AT_MOST_ONE: readonly unknown[] = ['at-most-one', 'exactly-one'];

/** CDS Hooks knows two of the behaviours of R4; `all` is one suggestion that holds everything. */
const selectionOf = ({ step }: AppliedAction): 'any' | 'at-most-one' =>
  AT_MOST_ONE.includes(step.action.selectionBehavior) ? 'at-most-one' : 'any';

/** A rule that failed is not a rule that found nothing. */
function notAssessedCard(result: PlanResult, newUuid: () => string): Card {
  const { plan, notAssessed } = result;
  const names = notAssessed.map(({ step }) => step.action.title ?? step.id);
  return {
    uuid: newUuid(),
    summary: truncated(plain(`Not assessed: ${names.join(', ')}`), SUMMARY_LIMIT),
    detail: dataLines(result, true),
    indicator: 'info',
    source: { label: plain(plan.publisher) },
    extension: { [EXTENSION_NAME]: { ...extensionOf(result), open: notAssessed.map(({ step }) => step.id) } },
  };
}

const extensionOf = ({ plan }: PlanResult) => ({ plan: `${plan.id}|${plan.version}`, confidential: false });
