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

/** Draws anew; what was chosen, and what had the focus, are so again in what now stands in their place. */
export function keepingPlace(draw: () => void): void {
  const { id = '' } = document.activeElement ?? {};
  const chosen = [...document.querySelectorAll<HTMLSelectElement>('select[id]')].map(
    (one) => [one.id, one.value] as const,
  );
  const open = [...document.querySelectorAll('details[id][open]')].map((one) => one.id);
  draw();
  for (const details of open) document.getElementById(details)?.setAttribute('open', '');
  for (const [select, value] of chosen) {
    const anew = document.getElementById(select);
    if (anew instanceof HTMLSelectElement && [...anew.options].some((one) => one.value === value)) anew.value = value;
  }
  if (id !== '') document.getElementById(id)?.focus({ preventScroll: true });
}
