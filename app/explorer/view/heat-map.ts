/** Levels over gestation and one number, for what is supposed now. It is drawn on demand: it costs several hundred decisions. */
import { element } from '../../shared/element.ts';
import { type HeatMap, heatMap, type Plan, type Supposed } from '../service.ts';
import { choice } from './choice.ts';

export type HeatMapPanel = { panel: HTMLElement; outdated: () => void };

export function heatMapPanel(plan: Plan, supposed: () => Supposed): HeatMapPanel {
  let axis = plan.axes[0] ?? '';
  let asks = 0;
  const names = new Map(plan.facts.map(({ name, label }) => [name, label]));
  const shown = element('div', { class: 'map' });
  const state = element('p', { role: 'status', class: 'quiet' });
  const draw = element('button', { type: 'button' }, 'Draw');
  const say = (text: string, ...content: HTMLElement[]) => {
    state.textContent = text;
    shown.replaceChildren(...content);
  };
  const outdated = () => {
    asks += 1;
    say(shown.hasChildNodes() ? 'The facts have changed: draw it again.' : '');
  };
  draw.addEventListener('click', async () => {
    asks += 1;
    const mine = asks;
    say('Asking the engine…');
    try {
      const map = await heatMap(supposed(), axis);
      if (mine === asks) say('', legend(map, plan), table(map, names.get(map.axis) ?? map.axis, plan));
    } catch (error) {
      if (mine === asks) say(`It could not be drawn: ${error instanceof Error ? error.message : ''}`);
    }
  });
  const options = plan.axes.map((name) => ({ value: name, text: names.get(name) ?? name }));
  const [first, ...others] = options;
  const set = (value: string) => {
    axis = value || (first?.value ?? '');
    outdated();
  };
  const panel = element(
    'section',
    { 'aria-labelledby': 'map-title' },
    element('h2', { id: 'map-title' }, 'Heat map'),
    element(
      'p',
      { class: 'quiet' },
      'The level in each week of pregnancy and at each value, all else as supposed above.',
    ),
    element('div', { class: 'buttons' }, choice('Gestation and', first?.text ?? 'nothing', others, set), draw),
    state,
    shown,
  );
  return { panel, outdated };
}

/** Levels have numbers, since colour alone says nothing to many; the most urgent of a colour is darker. */
function swatch(name: 'span' | 'td', code: string | null, { levels }: Plan): HTMLElement {
  const at = levels.findIndex((level) => level.code === code);
  const indicator = levels[at]?.indicator;
  const isFirst = at >= 0 && levels.findIndex((level) => level.indicator === indicator) === at;
  const classes = [name === 'span' && 'cell', isFirst && 'first'].filter(Boolean).join(' ');
  const attributes = { class: classes || undefined, 'data-indicator': indicator ?? 'none' };
  return element(name, attributes, indicator === undefined ? '–' : `${at + 1}`);
}

/** Only what is on the map. */
function legend(map: HeatMap, plan: Plan): HTMLElement {
  const drawn = new Set(map.levels.flat());
  const entry = (code: string | null, title: string) => element('li', {}, swatch('span', code, plan), ` ${title}`);
  return element(
    'ul',
    { class: 'plain legend' },
    ...plan.levels.filter(({ code }) => drawn.has(code)).map(({ code, title }) => entry(code, title)),
    drawn.has(null) && entry(null, 'nothing is said'),
  );
}

function table({ weeks, values, levels }: HeatMap, label: string, plan: Plan): HTMLElement {
  const head = element('tr', {}, element('td'), ...weeks.map((week) => element('th', { scope: 'col' }, `${week}`)));
  // The worst stands on top.
  const rows = values
    .map((value, at) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, `${value}`),
        ...(levels[at] ?? []).map((code) => swatch('td', code, plan)),
      ),
    )
    .reverse();
  return element(
    'div',
    { class: 'sideways', role: 'region', tabindex: '0', 'aria-label': 'Levels by week and value' },
    element(
      'table',
      { class: 'heat' },
      element('caption', {}, `Completed weeks, and ${label}`),
      element('thead', {}, head),
      element('tbody', {}, ...rows),
    ),
  );
}
