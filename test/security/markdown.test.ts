/** Hostile texts in six places of a chart, rendered by two renderers that allow HTML (bar I1; conformance CRD-5). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import MarkdownIt from 'markdown-it';
import { marked } from 'marked';
import type { Card } from '../../src/cds-hooks/card.ts';
import { HOSTILE_TEXTS } from '../harness/hostile-texts.ts';
import { EMERGENCY, type HookBody, requestOf, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

const markdownIt = new MarkdownIt({ html: true, linkify: true, typographer: false });
const RENDERERS: [string, (markdown: string) => string][] = [
  ['marked', (markdown) => marked.parse(markdown, { async: false, gfm: true, breaks: false })],
  ['markdown-it', (markdown) => markdownIt.render(markdown)],
];

const knowledge = JSON.stringify(topics, (_, value) => (value instanceof Map ? [...value.values()] : value));
const PLACES = ['unit', 'observation', 'text', 'display', 'diagnosis', 'form'] as const;
type Texts = Record<(typeof PLACES)[number], string>;

const condition = (id: string, code: string, display: string | undefined, text: string | undefined) => ({
  resourceType: 'Condition',
  id,
  clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
  code: { coding: [{ system: 'http://snomed.info/sct', code, ...(display && { display }) }], ...(text && { text }) },
  recordedDate: '{{now-1h}}',
});

/** A call whose chart holds the texts. */
function requestWith(texts: Texts): HookBody {
  const request = requestOf({
    ...EMERGENCY,
    chart: [
      {
        resourceType: 'Observation',
        id: 'pressure',
        status: 'final',
        code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] },
        effectiveDateTime: '{{now-1h}}',
        valueQuantity: { value: 80, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
      },
      condition('one', '192970008', undefined, 'TEXT'),
      condition('two', '267064002', 'DISPLAY', undefined),
    ],
  } as unknown as typeof EMERGENCY);
  const marks: Record<string, string> = {
    '"unit":"mmHg"': `"unit":${JSON.stringify(texts.unit)}`,
    '"id":"pressure"': `"id":${JSON.stringify(texts.observation)}`,
    '"TEXT"': JSON.stringify(texts.text),
    '"DISPLAY"': JSON.stringify(texts.display),
    '"id":"one"': `"id":${JSON.stringify(texts.diagnosis)}`,
    '"id":"response-1-back-pain-triage"': `"id":${JSON.stringify(texts.form)}`,
  };
  let text = JSON.stringify(request);
  for (const [mark, value] of Object.entries(marks)) {
    if (!text.includes(mark)) throw new Error(`${mark} is not in the request`);
    text = text.replace(mark, () => value);
  }
  return JSON.parse(text) as HookBody;
}

const everywhere = (text: (at: number) => string): Texts =>
  Object.fromEntries(PLACES.map((place, at) => [place, text(at)])) as Texts;

let service: RunningService;
let harmless: Card;
beforeAll(async () => {
  service = await startService({ topics });
  harmless = await cardWith(everywhere((at) => `harmless${at}`));
});
afterAll(() => service.close());

async function cardWith(texts: Texts): Promise<Card> {
  const { cards } = await service.call(requestWith(texts));
  const [card] = cards;
  if (!card) throw new Error('no card');
  return card;
}

const tagsOf = (html: string): string[] => html.match(/<[^>]*>/g) ?? [];

/** What in rendered HTML is more than our own headings, lists and links. */
function activeIn(html: string): string[] {
  return tagsOf(html).filter((tag) => {
    if (/^<\/?(p|ul|li|strong)>$|^<\/a>$|^<br ?\/?>$/.test(tag)) return false;
    const href = /^<a href="(https:\/\/[^"\s<>]+)">$/.exec(tag)?.[1];
    return href === undefined || !knowledge.includes(href.replaceAll('&amp;', '&'));
  });
}

test('when the texts are harmless then each of the six is on the card', () => {
  for (const [at] of PLACES.entries()) expect(harmless.detail).toContain(`harmless${at}`);
});

test('when a text were not escaped then the renderers would make it active: they do see it', () => {
  for (const [, render] of RENDERERS) {
    const active = HOSTILE_TEXTS.filter((text) => activeIn(render(text)).length > 0);
    expect(active.length).toBeGreaterThan(100);
  }
});

describe('when the texts are hostile, each in each place', () => {
  const found: string[] = [];
  beforeAll(async () => {
    expect(HOSTILE_TEXTS.length).toBeGreaterThan(400);
    const own = RENDERERS.map(([, render]) => tagsOf(render(harmless.detail)).join(''));
    for (const first of HOSTILE_TEXTS.keys()) {
      const texts = everywhere((at) => HOSTILE_TEXTS[(first + at * 61) % HOSTILE_TEXTS.length] ?? '');
      const card = await cardWith(texts);
      for (const [index, [name, render]] of RENDERERS.entries()) {
        const html = render(card.detail);
        for (const tag of activeIn(html)) found.push(`${name}: ${tag}`);
        if (tagsOf(html).join('') !== own[index]) found.push(`${name}: other elements with ${JSON.stringify(texts)}`);
      }
      if (card.summary !== harmless.summary) found.push(`summary: ${card.summary}`);
      if (JSON.stringify(card.links) !== JSON.stringify(harmless.links))
        found.push(`links: ${JSON.stringify(card.links)}`);
    }
  }, 180_000);

  test('then both renderers show text: no element, link or image that a harmless text has not', () => {
    expect(found.slice(0, 5)).toEqual([]);
  });
});
