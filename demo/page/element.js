/**
 * Makes an element. Text is always set as text, never as HTML.
 *
 * @param {string} name
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string | undefined)} children
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/**
 * A link, if the address is safe to follow: https, or this very origin. Otherwise the text and the address.
 *
 * @param {string} label
 * @param {string} [address]
 * @returns {HTMLElement}
 */
export function link(label, address) {
  if (address === undefined) return element('span', {}, label);
  const url = parse(address);
  const safe = url !== undefined && (url.protocol === 'https:' || url.origin === location.origin);
  return safe
    ? element('a', { href: url.href, rel: 'noreferrer' }, label)
    : element('span', {}, `${label} (${address})`);
}

/** @param {string} address */
function parse(address) {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

/**
 * Something long that is closed at first.
 *
 * @param {string} label
 * @param {...(Node | string | undefined)} children
 * @returns {HTMLElement}
 */
export function folded(label, ...children) {
  return element('details', {}, element('summary', {}, label), ...children);
}

/**
 * JSON as it went over the wire, readable; can be scrolled by keyboard.
 *
 * @param {string} label
 * @param {unknown} value
 * @returns {HTMLElement}
 */
export function json(label, value) {
  return element('pre', { tabindex: '0', role: 'region', 'aria-label': label }, JSON.stringify(value, null, 2));
}
