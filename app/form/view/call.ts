/** Whom to call: the site's numbers for patients. */
import { type Child, element } from '../../shared/element.ts';
import type { Start } from '../service.ts';
import { fill, type Words } from '../words.ts';

type Contacts = Start['contacts'];

const address = (phone: string): string => `tel:${phone.replace(/[^\d+*#]/g, '')}`;

const phone = (number: string): HTMLElement =>
  element('a', { href: address(number) }, element('bdi', { dir: 'ltr' }, number));

/** "In an emergency, call …": on every screen. */
export function emergencyLine({ emergencyNumber }: Partial<Contacts>, words: Words): Child[] {
  if (emergencyNumber === undefined) return [words.emergencyWithout];
  return inText(words.emergency, phone(emergencyNumber));
}

/** A text with the number, a link, where `{number}` stands. */
export function inText(text: string, number: Child): Child[] {
  const [before = '', after = ''] = text.split('{number}');
  return [before, number, after];
}

/** Large buttons: the emergency number first, then the site's lines. */
export function callButtons({ emergencyNumber, lines }: Contacts, words: Words): HTMLElement {
  const first = emergencyNumber ?? words.localNumber;
  const isKnown = emergencyNumber !== undefined;
  const label = fill(words.callNumber, { number: first });
  return element(
    'ul',
    { class: 'calls' },
    element('li', {}, isKnown ? button(address(first), label) : element('strong', {}, label)),
    ...lines.map(({ name, phone: number }) =>
      element('li', {}, button(address(number), `${name}: `, element('bdi', { dir: 'ltr' }, number), 'secondary')),
    ),
  );
}

function button(href: string, label: string, number?: HTMLElement, kind = ''): HTMLElement {
  return element('a', { href, role: 'button', class: `call ${kind}`.trim() }, label, number);
}
