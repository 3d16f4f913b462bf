/** The one place where screens are shown. */
import { element, part } from '../../shared/element.ts';

/** @param focus put the focus on the heading, so that the new screen is read */
export function show(screen: HTMLElement, title: string, focus = false): void {
  part('main').replaceChildren(screen);
  document.title = title;
  if (!focus) return;
  scrollTo(0, 0);
  screen.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
}

export const failure = (text: string, why: string): HTMLElement =>
  element('div', {}, element('h1', { tabindex: '-1' }, text), element('p', {}, why));

/** Draws anew, and puts the focus back on what now stands in the place of what had it. */
export function keepingFocus(draw: () => void): void {
  const { id = '' } = document.activeElement ?? {};
  draw();
  if (id !== '') document.getElementById(id)?.focus({ preventScroll: true });
}
