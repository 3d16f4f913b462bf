/** What stands around every screen: language, what the page is, the emergency number, what is kept. */
import { element, part } from '../../shared/element.ts';
import type { Start } from '../service.ts';
import { directionOf, LANGUAGES, type Words } from '../words.ts';
import { emergencyLine } from './call.ts';

export type FrameActions = { choose: (lang: string) => void; forget?: (() => void) | undefined };

/** Draws the frame anew; the screen itself stays. */
export function drawFrame(
  lang: string,
  words: Words,
  contacts: Partial<Start['contacts']>,
  actions: FrameActions,
): void {
  document.documentElement.lang = lang;
  document.documentElement.dir = directionOf(lang);
  part('skip').textContent = words.skip;
  part('top').replaceChildren(
    element('nav', { 'aria-label': words.language }, languages(lang, actions.choose)),
    element('p', { class: 'emergency' }, element('strong', {}, ...emergencyLine(contacts, words))),
    element('p', { class: 'quiet' }, words.advisory, words.translation === '' ? '' : ` ${words.translation}`),
  );
  const forget = element('button', { type: 'button', class: 'link' }, words.forget);
  if (actions.forget) forget.addEventListener('click', actions.forget);
  part('bottom').replaceChildren(
    ...(actions.forget ? [element('p', { class: 'quiet' }, words.kept, ' ', forget)] : []),
  );
}

function languages(current: string, choose: (lang: string) => void): HTMLElement {
  const buttons = Object.entries(LANGUAGES).map(([lang, { words, dir }]) => {
    const isCurrent = lang === current;
    const button = element(
      'button',
      { type: 'button', class: 'link', lang, dir, ...(isCurrent && { 'aria-current': 'true' }) },
      words.name,
    );
    button.addEventListener('click', () => choose(lang));
    return element('li', {}, button);
  });
  return element('ul', { class: 'languages' }, ...buttons);
}

/** A screen instead of the one before; the heading gets the focus, so that it is read. */
export function showScreen(screen: HTMLElement, title: string, focus = true): void {
  part('main').replaceChildren(screen);
  document.title = title;
  if (!focus) return;
  scrollTo(0, 0);
  const first = screen.querySelector<HTMLElement>('h1');
  first?.focus({ preventScroll: true });
}

/** Nothing could be shown; with a way to try again, where there is one. */
export function failure(text: string, why: string, words: Words, retry?: () => void): HTMLElement {
  const button = element('button', { type: 'button' }, words.retry);
  if (retry) button.addEventListener('click', retry);
  return element(
    'div',
    { class: 'step' },
    element('h1', { tabindex: '-1' }, text),
    element('p', {}, why),
    !!retry && button,
  );
}
