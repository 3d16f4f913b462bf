/** Where in a JSON file something stands. */

/** A text that is no JSON, and the line on which that shows. */
export class JsonFault extends Error {
  readonly line: number;

  constructor(line: number, found: string) {
    super(found === '' ? 'it ends too early' : `this is not expected here: ${found}`);
    this.line = line;
  }
}

const SCALAR = /true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?/y;
const STRING = /"(\\.|[^"\\\n])*"/y;

/** Line (from 1) of every member and entry, by path: `item[0].answerOption[2].valueCoding`; the file itself is ``. @throws JsonFault */
export function linesByPath(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  let at = 0;
  let line = 1;

  function skip(): void {
    while (/\s/.test(text[at] ?? '')) {
      if (text[at] === '\n') line += 1;
      at += 1;
    }
  }

  const fault = () => new JsonFault(line, text.slice(at, at + 20).split('\n')[0] ?? '');

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
    if (!lines.has(path)) lines.set(path, line);
    if (text[at] === '{') {
      inside('}', () => {
        const member = path === '' ? '' : `${path}.`;
        const from = line;
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

/** The line on which a thing is defined that the lint names: a path, or words like `E04 action`. */
export function lineOfElement(text: string, paths: ReadonlyMap<string, number>, element: string): number {
  const exact = paths.get(element);
  if (exact !== undefined) return exact;
  const lines = text.split('\n');
  const from = (words: string, start: number) => lines.findIndex((line, at) => at >= start && line.includes(words));
  let reached = 0;
  for (const word of element.split(/[\s.:]+/)) {
    const places = [...NAMES.map((name) => from(`"${name}": "${word}"`, reached)), from(`"${word}"`, reached)];
    reached = places.find((place) => place >= 0) ?? reached;
  }
  return reached + 1;
}
