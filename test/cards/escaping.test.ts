/** Hostile text in a chart stays text on the card (bar I1; conformance CRD-5): nothing active, nothing hidden. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { marked } from 'marked';
import type { Card } from '../../src/cds-hooks/card.ts';
import { EMERGENCY, requestOf, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

const knowledge = JSON.stringify(topics, (_, value) => (value instanceof Map ? [...value.values()] : value));

let service: RunningService;
beforeAll(async () => {
  service = await startService({ topics });
});
afterAll(() => service.close());

/** Each place of a chart whose text reaches a card. */
const PLACES: [string, (text: string) => Record<string, unknown>][] = [
  ['the unit of a measurement', (text) => pressure({ unit: text })],
  ['the id of a measurement', (text) => ({ ...pressure({}), id: text })],
  ['the text of a diagnosis', (text) => condition({ text })],
  ['the display of a diagnosis', (text) => condition({ coding: [{ ...CAUDA_EQUINA, display: text }] })],
  ['the id of a diagnosis', (text) => ({ ...condition({}), id: text })],
];

const CAUDA_EQUINA = { system: 'http://snomed.info/sct', code: '192970008' };

const condition = (code: Record<string, unknown>) => ({
  resourceType: 'Condition',
  id: 'diagnosis',
  clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
  code: { coding: [CAUDA_EQUINA], ...code },
  recordedDate: '{{now-1h}}',
});

const pressure = ({ unit = 'mmHg' }: { unit?: string }) => ({
  resourceType: 'Observation',
  id: 'pressure',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] },
  effectiveDateTime: '{{now-1h}}',
  valueQuantity: { value: 80, unit, system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
});

const HOSTILE: [string, string][] = [
  ['a script', '<script>alert(1)</script>'],
  ['an image with a handler', '<img src=x onerror=alert(1)>'],
  ['an entity that becomes a tag', '&lt;script&gt; &#60;b&#62;'],
  ['a script link', '[press](javascript:alert(1))'],
  ['a link', '[press](https://evil.example/x)'],
  ['a link by reference', '[press][1]\n\n[1]: https://evil.example'],
  ['a remote image', '![x](https://evil.example/pixel.png)'],
  ['an autolink', 'see https://evil.example/a?b=c and http://evil.example'],
  ['an autolink in brackets', '<https://evil.example>'],
  ['a bare host', 'see www.evil.example and WWW.evil.example'],
  ['an address for mail', 'write to somebody@evil.example'],
  ['an escape before an escape', '\\[press\\](https://evil.example) \\\\[x](https://evil.example)'],
  ['code', '`code` ```js\nalert(1)\n```'],
  ['emphasis that ends ours', '**Why** *x* __y__ ~~all clear~~'],
  ['a table', 'a|b\n-|-\n1|2'],
  ['a heading and a rule', 'x\n# All clear\n\n---\n===\n> quoted'],
  ['a new section', 'x\n\n**Basis**\n\n- Rules fired: none'],
  ['carriage returns', 'x\r\n- All clear\r- All clear\u2028- All clear\u0085- All clear'],
  ['a task and a footnote', '[ ] done [x] done [^1]'],
  ['text that runs backwards', 'abc\u202edef\u2066ghi\u061cjkl'],
  ['text that is not seen', 'a\u200bb\u2060c\ufeffd\u00ade\u034ff\u{e0041}g\u3164h\ufe0f'],
  ['control characters', 'a\u0000b\u0007c\u001b[31md\u009be'],
  ['half a character', 'a\ud800b\udc00c'],
];

async function cardWith(resource: Record<string, unknown>): Promise<Card> {
  const request = requestOf({ ...EMERGENCY, chart: [resource] } as unknown as typeof EMERGENCY);
  const { cards } = await service.call(request);
  const [card] = cards;
  if (!card) throw new Error('no card');
  return card;
}

describe.each(PLACES)('in %s', (_, resourceWith) => {
  test('when the text is plain then it is on the card', async () => {
    expect((await cardWith(resourceWith('harmless-text'))).detail).toContain('harmless-text');
  });

  test.each(HOSTILE)('when it is %s then it stays text', async (_name, hostile) => {
    const plain = await cardWith(resourceWith('harmless-text'));
    const card = await cardWith(resourceWith(hostile));
    expect(faultsOf(card.detail)).toEqual([]);
    // Neither a line nor a link nor a section more than with plain text.
    expect(shapeOf(card.detail)).toEqual(shapeOf(plain.detail));
    expect({ ...card, uuid: '', detail: '', suggestions: [] }).toEqual({
      ...plain,
      uuid: '',
      detail: '',
      suggestions: [],
    });
  });

  test('when it is a megabyte long then the card is not', async () => {
    const card = await cardWith(resourceWith('long '.repeat(200_000)));
    expect(card.detail.length).toBeLessThan(60_000);
    expect(faultsOf(card.detail)).toEqual([]);
  });
});

/** What in a detail could be active or invisible; both as Markdown and as the HTML that it may be taken for. */
function faultsOf(detail: string): string[] {
  const own = detail.replace(/(?<!\\)\[(?:\\.|[^\\\]])+\]\((https:\/\/[^\s()<>]+)\)/g, (link, url: string) =>
    knowledge.includes(url) ? '' : link,
  );
  const bare = own.replace(/\\[!-/:-@[-`{-~]/g, '').replace(/^\*\*|\*\*/gm, '');
  const shown = own.replace(/\\([!-/:-@[-`{-~])/g, '$1').replace(/&(amp|lt|gt);/g, '');
  return [
    ...(detail.match(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu) ?? [])
      .filter((character) => character !== '\n')
      .map((character) => `hidden ${character.codePointAt(0)?.toString(16)}`),
    ...(bare.match(/[<>[\]`|~*_!\\]|&(?!amp;|lt;|gt;)/g) ?? []).map((character) => `unescaped ${character}`),
    // Renderers that look for addresses in the finished text find none.
    ...(shown.match(/:\/\/|www\.|\S@/gi) ?? []).map((found) => `address ${found}`),
    ...linksOf(detail).filter((address) => !knowledge.includes(address)),
  ];
}

/** What GitHub-flavoured Markdown makes of a detail, text apart. */
const parsed = (detail: string): string => JSON.stringify(marked.lexer(detail, { gfm: true }));

/** The kinds of nodes in their order, as a page would build them. */
function shapeOf(detail: string): string[] {
  return [...parsed(detail).matchAll(/"(?:type|href)":"([^"]+)"/g)]
    .map(([, kind]) => `${kind}`)
    .filter((kind) => kind !== 'text' && kind !== 'escape');
}

const linksOf = (detail: string): string[] =>
  [...parsed(detail).matchAll(/"href":"([^"]+)"/g)].map(([, address]) => `${address}`);
