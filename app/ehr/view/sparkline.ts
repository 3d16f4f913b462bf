/** A small line of numbers over time, with the band of what is usual behind it; the same in words for who cannot see it. */
import { element } from '../../shared/element.ts';
import { svg } from '../../shared/svg.ts';
import type { Series } from '../model/series.ts';
import { printMoment } from './print.ts';

const [WIDTH, HEIGHT, EDGE] = [160, 36, 4];
/** Part of the range that stays free above and below. */
const MARGIN = 0.15;

export function sparkline(series: Series): HTMLElement {
  const { label, unit, points } = series;
  const last = points.at(-1);
  const before = points.slice(-6).map(({ value, at }) => `${value} at ${printMoment(at)}`);
  return element(
    'li',
    {},
    element('span', { class: 'name' }, label),
    drawing(series, `${label}: ${before.join(', ')}`),
    element('span', { class: 'value' }, element('strong', {}, String(last?.value ?? '')), ` ${unit}`),
    element('span', { class: 'quiet' }, last ? printMoment(last.at) : ''),
  );
}

function drawing({ points, normal }: Series, words: string): SVGElement {
  const values = [...points.map(({ value }) => value), ...bounds(normal)];
  const room = (Math.max(...values) - Math.min(...values) || 1) * MARGIN;
  const [low, high] = [Math.min(...values) - room, Math.max(...values) + room];
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  const x = (at: number) => (last === first ? WIDTH / 2 : EDGE + ((at - first) / (last - first)) * (WIDTH - 2 * EDGE));
  const y = (value: number) => HEIGHT - ((value - low) / (high - low)) * HEIGHT;
  const places = points.map(({ at, value }) => [x(at).toFixed(1), y(value).toFixed(1)] as const);
  const [top, bottom] = [y(normal?.below ?? high), y(normal?.from ?? low)];
  const end = places.at(-1);
  return svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': words, class: 'sparkline' },
    ...(normal ? [svg('rect', { class: 'usual', x: 0, y: top, width: WIDTH, height: Math.max(1, bottom - top) })] : []),
    svg('polyline', { points: places.map((place) => place.join(',')).join(' ') }),
    ...(end ? [svg('circle', { cx: end[0], cy: end[1], r: 3 })] : []),
  );
}

const bounds = (normal: Series['normal']): number[] =>
  [normal?.from, normal?.below].filter((bound): bound is number => bound !== undefined);
