/** Where the parts of a chart stand: who, what to do, and what is known. */
import { element } from '../../shared/element.ts';

export type ChartSlots = Record<
  'screen' | 'banner' | 'moments' | 'cards' | 'series' | 'facts' | 'orders' | 'writeDown' | 'takeBack',
  HTMLElement
>;

export function chartFrame(name: string): ChartSlots {
  const slot = () => element('div');
  const slots = {
    banner: slot(),
    moments: slot(),
    cards: element('div', { class: 'cards' }),
    series: slot(),
    facts: slot(),
    orders: slot(),
    writeDown: slot(),
    takeBack: slot(),
  };
  const screen = element(
    'div',
    { class: 'chart' },
    element('div', { class: 'who' }, element('h1', { tabindex: '-1' }, name), slots.banner),
    element('div', { class: 'do' }, section('Moments of care', slots.moments), section('Cards', slots.cards)),
    element(
      'div',
      { class: 'known' },
      section('Measured over time', slots.series),
      section('Write down', slots.writeDown, slots.takeBack),
      section('Orders', slots.orders),
      section('Latest answers and findings', slots.facts),
    ),
  );
  return { screen, ...slots };
}

function section(title: string, ...content: HTMLElement[]): HTMLElement {
  const id = title.toLowerCase().replaceAll(' ', '-');
  return element('section', { 'aria-labelledby': id }, element('h2', { id }, title), ...content);
}
