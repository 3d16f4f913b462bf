/** Bars of what became of cards; every bar says its numbers in words. */
import { element } from '../../shared/element.ts';
import { svg } from '../../shared/svg.ts';
import type { Sum } from '../model/rates.ts';

type Part = { kind: 'accepted' | 'overridden'; share: number };
type Bar = { label: string; parts: Part[]; words: string };

const percent = (part: number, whole: number) => (whole > 0 ? `${Math.round((100 * part) / whole)} %` : '–');

/** Accepted and overridden of what was shown. */
export function rateChart(title: string, sums: Sum[]): HTMLElement {
  const bars = sums.map(({ key, shown, accepted, overridden }) => ({
    label: key,
    parts: [
      { kind: 'accepted', share: shown > 0 ? accepted / shown : 0 },
      { kind: 'overridden', share: shown > 0 ? overridden / shown : 0 },
    ] satisfies Part[],
    words: `${percent(accepted, shown)} accepted, ${percent(overridden, shown)} overridden of ${shown}`,
  }));
  return chart(title, bars);
}

/** Each reason's share of all overrides. */
export function reasonChart(title: string, reasons: { reason: string; count: number }[]): HTMLElement {
  const all = reasons.reduce((sum, { count }) => sum + count, 0);
  const bars = reasons.map(({ reason, count }) => ({
    label: reason,
    parts: [{ kind: 'overridden', share: count / all }] satisfies Part[],
    words: `${percent(count, all)} (${count})`,
  }));
  return chart(title, bars);
}

function chart(title: string, bars: Bar[]): HTMLElement {
  const line = ({ label, parts, words }: Bar) =>
    element(
      'li',
      {},
      element('span', { class: 'name' }, label),
      drawn(parts),
      element('span', { class: 'quiet' }, words),
    );
  const list = element('ul', { class: 'plain bars' }, ...bars.map(line));
  return element('figure', { class: 'chart' }, element('figcaption', {}, title), list);
}

/** One beside the other; a card that was accepted and then overridden is in both, so they may not fit. */
function drawn(parts: Part[]): SVGElement {
  let at = 0;
  const rects = parts.map(({ kind, share }) => {
    const [x, width] = [at, Math.min(100 * share, 100 - at)];
    at += width;
    return svg('rect', { class: kind, x, y: 0, width, height: 10 });
  });
  const track = svg('rect', { class: 'track', x: 0, y: 0, width: 100, height: 10 });
  const frame = { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true', class: 'bar' };
  return svg('svg', frame, track, ...rects);
}
