/** Elements are made here and nowhere else: text is always set as text, never as HTML. */

export type Child = Node | string | undefined | false;

/** Makes an element; an attribute that is `undefined` or `false` is left out, `true` stands without a value. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | boolean | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(attribute, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/** The element with this id. @throws Error when the page has none: the page and its script do not belong together */
export function part<Type extends HTMLElement = HTMLElement>(id: string): Type {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}`);
  return found as Type;
}

/** A link, if the address is safe to follow: https, or this very origin. Otherwise the text and the address. */
export function link(label: string, address: string | undefined): HTMLElement {
  const url = address === undefined ? undefined : parse(address);
  if (!url) return element('span', {}, address === undefined ? label : `${label} (${address})`);
  const isSafe = url.protocol === 'https:' || url.origin === location.origin;
  return isSafe
    ? element('a', { href: url.href, rel: 'noreferrer' }, label)
    : element('span', {}, `${label} (${address})`);
}

/** `URL.parse` is younger than many phones. */
function parse(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
