/** Where in a JSON file something stands. */

/** Line and column, both from 1. */
export type Place = { line: number; column: number };

/** A text that is no JSON, and the place on which that shows. */
export class JsonFault extends Error {
  readonly line: number;
  readonly column: number;

  constructor({ line, column }: Place, found: string) {
    super(found === '' ? 'it ends too early' : `this is not expected here: ${found}`);
    this.line = line;
    this.column = column;
  }
}

const SCALAR = /true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?/y;
const STRING = /"(\\.|[^"\\\n])*"/y;

/** Place of every member and entry, by path: `item[0].answerOption[2].valueCoding`; the file itself is ``. @throws JsonFault */
export function linesByPath(text: string): Map<string, Place> {
  const lines = new Map<string, Place>();
  let at = 0;
  let line = 1;
  let lineStart = 0;
  const here = (): Place => ({ line, column: at - lineStart + 1 });

  function skip(): void {
    while (/\s/.test(text[at] ?? '')) {
      at += 1;
      if (text[at - 1] === '\n') {
        line += 1;
        lineStart = at;
      }
    }
  }

  const fault = () => new JsonFault(here(), text.slice(at, at + 20).split('\n')[0] ?? '');

  function take(pattern: RegExp): string {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) throw fault();
    at += found.length;
    return found;
  }

  function takeMark(mark: string): void {
    if (text[at] !== mark) throw fault();
    at += 1;
  }

  /** Members or entries up to the closing bracket. */
  function inside(close: string, one: (index: number) => void): void {
    at += 1;
    skip();
    for (let index = 0; text[at] !== close; index += 1) {
      one(index);
      skip();
      if (text[at] === close) break;
      takeMark(',');
      skip();
    }
    at += 1;
  }

  function value(path: string): void {
    skip();
    if (!lines.has(path)) lines.set(path, here());
    if (text[at] === '{') {
      inside('}', () => {
        const member = path === '' ? '' : `${path}.`;
        const from = here();
        const name = JSON.parse(take(STRING)) as string;
        lines.set(`${member}${name}`, from);
        skip();
        takeMark(':');
        value(`${member}${name}`);
      });
    } else if (text[at] === '[') inside(']', (index) => value(`${path}[${index}]`));
    else take(text[at] === '"' ? STRING : SCALAR);
  }

  value('');
  skip();
  if (at < text.length) throw fault();
  return lines;
}

/** Members by which the knowledge names things. */
const NAMES = ['linkId', 'id', 'name', 'code'];

/** Where a thing is defined that the lint names: a path, or words like `E04 action`. */
export function placeOfElement(text: string, paths: ReadonlyMap<string, Place>, element: string): Place {
  const exact = paths.get(element);
  if (exact !== undefined) return exact;
  const lines = text.split('\n');
  const from = (words: string, start: number): Place | undefined => {
    const at = lines.findIndex((line, index) => index >= start && line.includes(words));
    return at < 0 ? undefined : { line: at + 1, column: (lines[at]?.indexOf(words) ?? 0) + 1 };
  };
  let reached: Place = { line: 1, column: 1 };
  for (const word of element.split(/[\s.:]+/)) {
    const start = reached.line - 1;
    const places = [...NAMES.map((name) => from(`"${name}": "${word}"`, start)), from(`"${word}"`, start)];
    reached = places.find((place) => place !== undefined) ?? reached;
  }
  return reached;
}
