/** `docs/integration.md`: prose by hand, examples from real calls between its markers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from './markdown.ts';

const PATH = 'docs/integration.md';
const BLOCK = /(<!-- example ([\w-]+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** @param root the folder that holds `docs/` */
export function integration(root: string, examples: ReadonlyMap<string, string>): Page {
  const left = new Set(examples.keys());
  const text = readFileSync(join(root, PATH), 'utf8').replace(
    BLOCK,
    (_whole, begin: string, name: string, end: string) => {
      const example = examples.get(name);
      if (example === undefined) throw new Error(`${PATH}: there is no example ${name}`);
      left.delete(name);
      return `${begin}\n${example.trim()}\n\n${end}`;
    },
  );
  if (left.size > 0) throw new Error(`${PATH} has no marker for: ${[...left].join(', ')}`);
  return { path: PATH, text };
}
