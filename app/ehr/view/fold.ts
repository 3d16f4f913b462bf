/** A long card is read from the top: of what follows the first part, lists that are long open on demand. Nothing is left out. */
import { element } from '../../shared/element.ts';

/** Lines of a list that are taken in at a glance. */
const AT_A_GLANCE = 8;

/** @param detail parts, each a heading (`h4`) and what stands under it */
export function folded(detail: HTMLElement): HTMLElement {
  const [, ...later] = detail.querySelectorAll<HTMLElement>(':scope > h4');
  for (const heading of later) {
    const list = heading.nextElementSibling;
    if (!(list instanceof HTMLUListElement) || list.querySelectorAll('li').length <= AT_A_GLANCE) continue;
    if (list.children.length > AT_A_GLANCE) foldWhole(heading, list);
    else for (const inner of list.querySelectorAll<HTMLElement>(':scope > li > ul:not(:has(strong))')) foldInner(inner);
  }
  return detail;
}

function foldWhole(heading: HTMLElement, list: HTMLElement): void {
  const title = `${heading.textContent} (${list.children.length})`;
  heading.replaceWith(element('details', {}, element('summary', {}, element('strong', {}, title)), list));
}

function foldInner(list: HTMLElement): void {
  const { length } = list.children;
  const details = element(
    'details',
    { class: 'inner' },
    element('summary', {}, `Show ${length} ${length === 1 ? 'line' : 'lines'}`),
  );
  list.replaceWith(details);
  details.append(list);
}
