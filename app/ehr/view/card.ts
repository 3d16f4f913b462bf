/** A card as a clinician sees it: how urgent, the advice, what can be done with it. */
import { element, link } from '../../shared/element.ts';
import { type Card, INDICATOR_WORDS, isPrivate, type Link, type Suggestion } from '../wire/card.ts';
import { folded } from './fold.ts';
import { launchLink } from './launch-link.ts';
import { renderMarkdown } from './markdown.ts';
import { overrideForm } from './override.ts';

export type CardActions = {
  /** @returns what was done, in words. @throws when it could not be done */
  accept: (suggestion: Suggestion) => Promise<string>;
  override: (code: string | undefined, comment: string) => Promise<string>;
  /** An app of a link, its address without a launch; undefined = it is not registered here. */
  app: (link: Link) => { url: string; launch: () => Promise<void> } | undefined;
};

export function renderCard(card: Card, number: number, actions: CardActions): HTMLElement {
  const { summary, indicator, source } = card;
  const heading = `card-${number}`;
  const body = bodyOf(card, actions);
  return element(
    'article',
    { class: 'card', 'data-indicator': indicator, 'aria-labelledby': heading },
    element('p', { class: 'indicator' }, INDICATOR_WORDS[indicator] ?? indicator),
    element('h3', { id: heading }, summary),
    ...(isPrivate(card) ? [element('details', {}, element('summary', {}, 'Private: show it'), ...body)] : body),
    element('p', { class: 'quiet' }, 'Source: ', link(source.label, source.url)),
  );
}

function bodyOf(card: Card, actions: CardActions): HTMLElement[] {
  const { uuid, detail, suggestions = [], links = [], overrideReasons = [] } = card;
  const outcome = element('p', { class: 'outcome', role: 'status' });
  const say = (text: string) => outcome.replaceChildren(text);
  return [
    ...(detail === undefined ? [] : [folded(renderMarkdown(detail))]),
    ...(suggestions.length > 0 ? [section('Suggestions', suggestionList(card, actions, say))] : []),
    outcome,
    ...(links.length > 0
      ? [section('Links', element('ul', { class: 'plain' }, ...links.map((one) => linkItem(one, actions))))]
      : []),
    ...(uuid === undefined ? [] : [overrideForm(overrideReasons, actions.override, say)]),
  ];
}

type Say = (text: string) => void;

const section = (title: string, content: HTMLElement): HTMLElement =>
  element('section', { class: 'part' }, element('h4', {}, title), content);

function suggestionList(card: Card, { accept }: CardActions, say: Say): HTMLElement {
  const { suggestions = [], selectionBehavior } = card;
  const list = element('ul', { class: 'suggestions plain' });
  const take = async (suggestion: Suggestion, button: HTMLButtonElement) => {
    button.disabled = true;
    try {
      say(await accept(suggestion));
      button.textContent = 'Accepted';
      button.setAttribute('aria-label', `Accepted: ${suggestion.label}`);
      if (selectionBehavior === 'at-most-one')
        for (const other of list.querySelectorAll('button')) other.disabled = true;
    } catch (error) {
      button.disabled = false;
      say(`It could not be done. ${error instanceof Error ? error.message : ''}`);
    }
  };
  list.append(...suggestions.map((suggestion) => suggestionItem(suggestion, take)));
  return list;
}

function suggestionItem(
  suggestion: Suggestion,
  take: (suggestion: Suggestion, button: HTMLButtonElement) => Promise<void>,
): HTMLElement {
  const { label, isRecommended, actions = [] } = suggestion;
  const button = element('button', { type: 'button', class: 'secondary outline', 'aria-label': `Accept: ${label}` });
  button.append('Accept');
  button.addEventListener('click', () => void take(suggestion, button));
  const words = actions.map(({ description }) => description).filter((text) => text && text !== label);
  return element(
    'li',
    {},
    element(
      'div',
      { class: 'words' },
      element('strong', {}, label, isRecommended === true && ' (recommended)'),
      words.length > 0 && element('p', { class: 'quiet' }, words.join('; ')),
    ),
    button,
  );
}

function linkItem(given: Link, { app: appOf }: CardActions): HTMLElement {
  if (given.type !== 'smart') return element('li', {}, link(given.label, given.url));
  const app = appOf(given);
  if (!app) return element('li', {}, `${given.label} (an app that is not registered here: ${given.url})`);
  return element('li', {}, launchLink(`${given.label} (opens the app)`, app));
}
