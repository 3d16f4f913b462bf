import { describe, expect, test } from '@jest/globals';

interface MarkdownModule {
  parseMarkdown(text: string): unknown[];
}

// The page's modules are plain JavaScript for the browser and have no declarations.
const path: string = '../../demo/page/markdown.js';
const { parseMarkdown } = (await import(path)) as MarkdownModule;

const text = (value: string) => ({ kind: 'text', text: value });
const paragraph = (...children: unknown[]) => ({ kind: 'paragraph', children });
const link = (address: string, label = address) => ({ kind: 'link', address, children: [text(label)] });

describe('blocks', () => {
  test('headings, paragraphs, rules and quotes', () => {
    expect(parseMarkdown('## Why\nfirst\nsecond\n\n---\n> said\n> so')).toEqual([
      { kind: 'heading', level: 2, children: [text('Why')] },
      paragraph(text('first second')),
      { kind: 'rule' },
      { kind: 'quote', blocks: [paragraph(text('said so'))] },
    ]);
  });

  test('lists, nested and with blank lines between', () => {
    expect(parseMarkdown('- one\n  - inner\n\n- two\n  goes on\n\n1. first\n2. second\n\nafter')).toEqual([
      {
        kind: 'list',
        ordered: false,
        items: [
          [paragraph(text('one')), { kind: 'list', ordered: false, items: [[paragraph(text('inner'))]] }],
          [paragraph(text('two goes on'))],
        ],
      },
      { kind: 'list', ordered: true, items: [[paragraph(text('first'))], [paragraph(text('second'))]] },
      paragraph(text('after')),
    ]);
  });
});

describe('inline', () => {
  test.each<[string, unknown[]]>([
    ['**bold** and *soft*', [strong('bold'), text(' and '), { kind: 'emphasis', children: [text('soft')] }]],
    ['`a < b`', [{ kind: 'code', text: 'a < b' }]],
    ['[NICE](https://nice.org.uk/a_b)', [link('https://nice.org.uk/a_b', 'NICE')]],
    ['see https://nice.org.uk.', [text('see '), link('https://nice.org.uk'), text('.')]],
    ['one  \ntwo', [text('one'), { kind: 'break' }, text('two')]],
    ['snake_case_name', [text('snake_case_name')]],
    ['2 * 3 * 4', [text('2 * 3 * 4')]],
    ['\\*not bold\\* \\[no link\\]', [text('*not bold* [no link]')]],
    ['a &lt; b &amp; c&#58;//d &unknown;', [text('a < b & c://d &unknown;')]],
  ])('%s', (markdown, children) => {
    expect(parseMarkdown(markdown)).toEqual([paragraph(...children)]);
  });
});

describe('what could do harm stays text', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[click](javascript:alert(1))',
    '[click](http://example.org)',
    '[click](data:text/html,x)',
    '<javascript:alert(1)>',
  ])('%s', (markdown) => {
    expect(parseMarkdown(markdown)).toEqual([paragraph(text(markdown))]);
  });

  test('and odd input ends', () => {
    const odd = `${'*'.repeat(5000)}${'['.repeat(5000)}${'> '.repeat(200)}\n${'- '.repeat(200)}`;
    expect(parseMarkdown(odd).length).toBeGreaterThan(0);
    expect(parseMarkdown('')).toEqual([]);
  });
});

function strong(value: string): unknown {
  return { kind: 'strong', children: [text(value)] };
}
