import { element, folded, json, link } from './element.js';
import { renderMarkdown } from './render-markdown.js';

/**
 * @typedef {{ display?: string, code: string }} Coding
 * @typedef {{ type: string, description?: string, resource?: unknown, resourceId?: string }} Action
 * @typedef {{ label: string, isRecommended?: boolean, actions?: Action[] }} Suggestion
 * @typedef {{ summary: string, detail?: string, indicator: string, source: { label: string, url?: string },
 *   suggestions?: Suggestion[], links?: { label: string, url: string, type: string }[],
 *   overrideReasons?: Coding[] }} Card
 */

const INDICATORS = ['critical', 'warning', 'info'];
const INDICATOR_NAMES = new Map([
  ['critical', 'Critical'],
  ['warning', 'Warning'],
  ['info', 'Information'],
]);

/**
 * The cards as a clinician would see them, the most urgent first.
 *
 * @param {Card[]} cards
 * @returns {HTMLElement[]}
 */
export function renderCards(cards) {
  if (cards.length === 0) {
    // Silence is not reassurance: never worded as "all clear".
    return [element('p', {}, 'No cards: this pathway does not apply (or nothing to say).')];
  }
  const rank = (/** @type {Card} */ { indicator }) => INDICATORS.indexOf(indicator);
  return [...cards].sort((a, b) => rank(a) - rank(b)).map(renderCard);
}

/**
 * @param {Card} card
 * @param {number} index
 */
function renderCard(card, index) {
  const indicator = INDICATOR_NAMES.get(card.indicator) ?? card.indicator;
  const kind = INDICATORS.includes(card.indicator) ? card.indicator : 'info';
  return element(
    'article',
    { class: `card ${kind}`, 'aria-labelledby': `card-${index}` },
    element('p', { class: 'indicator' }, indicator),
    element('h3', { id: `card-${index}` }, card.summary),
    card.detail === undefined ? undefined : renderMarkdown(card.detail, 3),
    ...part('Suggestions', (card.suggestions ?? []).map(renderSuggestion)),
    ...part('Links', (card.links ?? []).map(renderLink)),
    ...renderOverrideReasons(card.overrideReasons ?? []),
    element('p', { class: 'quiet' }, 'Source: ', link(card.source.label, card.source.url)),
  );
}

/**
 * @param {string} title
 * @param {HTMLElement[]} items
 * @returns {HTMLElement[]}
 */
function part(title, items) {
  return items.length === 0 ? [] : [element('h4', {}, title), element('ul', {}, ...items)];
}

/** @param {Suggestion} suggestion */
function renderSuggestion({ label, isRecommended, actions = [] }) {
  const drafts = actions.flatMap(({ type, description, resource, resourceId }) => [
    element('p', {}, `${type}: ${description ?? resourceId ?? ''}`),
    resource === undefined ? undefined : json(`Draft resource of ${label}`, resource),
  ]);
  return element('li', {}, folded(isRecommended ? `${label} (recommended)` : label, ...drafts));
}

/** @param {{ label: string, url: string, type: string }} given */
function renderLink({ label, url, type }) {
  // Without a SMART launch context the address of an app leads nowhere.
  return element('li', {}, type === 'smart' ? `${label} (SMART app: ${url})` : link(label, url));
}

/** @param {Coding[]} reasons */
function renderOverrideReasons(reasons) {
  if (reasons.length === 0) return [];
  const items = reasons.map(({ display, code }) => element('li', {}, display ?? code));
  return [folded('Reasons offered for not following this card', element('ul', {}, ...items))];
}
