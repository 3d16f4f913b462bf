/** Levels by gestation as an SVG: a bar for each stretch of weeks; what its colours say stands in words as well. */
import type { LevelGroup } from '../src/knowledge/topic.ts';
import { BANDS, bandTotals, type Counts, NO_LEVELS, rowsOf } from './summary.ts';

/** Dark to light, from the first level of an indicator to its last. */
const COLOURS: Readonly<Record<string, readonly string[]>> = {
  critical: ['#a3131f', '#d4545e', '#eda4a9'],
  warning: ['#8a4b00', '#c98524', '#ecc27a'],
  info: ['#0b4f8a', '#5b9bd5', '#b3d4f0'],
  none: ['#5c6670', '#98a1a9', '#ccd1d5'],
};
const WIDTH = 960;
const [LEFT, RIGHT, TOP] = [130, 120, 70];
const [BAR, STEP, LEGEND_LINE] = [38, 54, 26];
const LEGEND_COLUMN = 270;
/** A number fits into a piece of this width. */
const LEAST_FOR_TEXT = 38;

type Level = { code: string; title: string; colour: string; isLight: boolean };

/** @param about what was assessed and when, in words */
export function levelChart(counts: Counts, groups: readonly LevelGroup[], about: string): string {
  const levels = levelsOf(groups).filter(({ code }) => rowsOf(counts, code).some((number) => number > 0));
  const bars = BANDS.map((band, at) => barOf(band, TOP + at * STEP, levels, counts));
  const legendTop = TOP + BANDS.length * STEP + 16;
  const lines = Math.ceil(levels.length / 3);
  const height = legendTop + lines * LEGEND_LINE + 16;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title about">`,
    `<title id="title">Levels by weeks of gestation</title>`,
    `<desc id="about">${escaped(describe(counts, levels))}</desc>`,
    STYLE,
    `<rect class="ground" width="${WIDTH}" height="${height}"/>`,
    `<text class="head" x="24" y="34">Levels by weeks of gestation</text>`,
    `<text class="quiet" x="24" y="56">${escaped(about)}</text>`,
    ...bars,
    ...levels.map((level, at) => legendOf(level, at, legendTop)),
    '</svg>',
    '',
  ].join('\n');
}

const STYLE = `<style>
text { font: 15px system-ui, sans-serif; fill: #1b2228; }
.ground { fill: #fff; } .piece { stroke: #fff; stroke-width: 1.5; }
.head { font-size: 20px; font-weight: 600; } .quiet { fill: #4a545c; }
.on-dark { fill: #fff; } .on-light { fill: #1b2228; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6eaee; } .ground { fill: #13171f; } .piece { stroke: #13171f; } .quiet { fill: #b3bdc5; }
  .on-dark { fill: #fff; } .on-light { fill: #1b2228; }
}
</style>`;

function levelsOf(groups: readonly LevelGroup[]): Level[] {
  const used = new Map<string, number>();
  const all = [
    ...groups.map(({ code, title, indicator }) => ({ code, title, indicator: indicator as string })),
    ...NO_LEVELS.map((code) => ({ code, title: code, indicator: 'none' })),
  ];
  return all.map(({ code, title, indicator }) => {
    const shades = COLOURS[indicator] ?? COLOURS.none ?? [];
    const at = Math.min(used.get(indicator) ?? 0, shades.length - 1);
    used.set(indicator, at + 1);
    return { code, title, colour: shades[at] ?? '', isLight: at > 0 };
  });
}

function barOf(band: (typeof BANDS)[number], y: number, levels: Level[], counts: Counts): string {
  const total = bandTotals(counts)[BANDS.indexOf(band)] ?? 0;
  const scale = total > 0 ? (WIDTH - LEFT - RIGHT) / total : 0;
  let x = LEFT;
  const pieces = levels.flatMap(({ code, title, colour, isLight }) => {
    const number = counts.levels[code]?.[band] ?? 0;
    if (number === 0) return [];
    const width = number * scale;
    const says = `<title>${escaped(`${title}: ${number} of ${total}`)}</title>`;
    const piece = `<rect class="piece" x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" fill="${colour}">${says}</rect>`;
    const middle = (x + width / 2).toFixed(1);
    const shade = isLight ? 'on-light' : 'on-dark';
    const text = `<text class="${shade}" x="${middle}" y="${y + BAR / 2 + 5}" text-anchor="middle">${number}</text>`;
    x += width;
    return width >= LEAST_FOR_TEXT ? [piece, text] : [piece];
  });
  const name = band === 'not known' ? band : `${band.replace('-', '–')} weeks`;
  const label = `<text x="${LEFT - 12}" y="${y + BAR / 2 + 5}" text-anchor="end">${name}</text>`;
  const end = total === 0 ? LEFT : WIDTH - RIGHT;
  return [label, ...pieces, `<text class="quiet" x="${end + 12}" y="${y + BAR / 2 + 5}">${total} in all</text>`].join(
    '\n',
  );
}

function legendOf({ title, colour }: Level, at: number, top: number): string {
  const [x, y] = [LEFT + (at % 3) * LEGEND_COLUMN, top + Math.floor(at / 3) * LEGEND_LINE];
  const mark = `<rect class="piece" x="${x}" y="${y}" width="18" height="18" fill="${colour}"/>`;
  return `${mark}<text x="${x + 26}" y="${y + 14}">${escaped(title)}</text>`;
}

/** The chart for those who cannot see it. */
const describe = (counts: Counts, levels: Level[]): string =>
  BANDS.map((band) => {
    const said = levels.flatMap(({ code, title }) => {
      const number = counts.levels[code]?.[band] ?? 0;
      return number > 0 ? [`${title} ${number}`] : [];
    });
    return `${band}: ${said.join(', ') || 'nobody'}.`;
  }).join(' ');

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '');
