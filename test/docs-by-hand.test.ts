/** Documents written by hand: the files that they name exist, and no source of a rule is left out. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readKnowledge } from '../scripts/docs/knowledge.ts';

const page = (path: string): string => readFileSync(path, 'utf8');

const hazards = page('docs/clinical/hazard-log.md')
  .split('\n')
  .filter((line) => /^\| H\d+ \|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

test('when a hazard names its evidence then the files exist, and every hazard names some', () => {
  expect(hazards.length).toBeGreaterThan(0);
  for (const cells of hazards) {
    const files = [...(cells[7] ?? '').matchAll(/`([^`]+)`/g)].map(([, file = '']) => file);
    expect({ id: cells[1], files: files.length > 0 }).toEqual({ id: cells[1], files: true });
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  }
});

test('when hazards are listed then each has a number of its own and the columns of the table', () => {
  const ids = hazards.map((cells) => cells[1]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(hazards.filter((cells) => cells.length !== 10)).toEqual([]);
});

test('when a rule cites a source then its attributes are stated', () => {
  const text = page('docs/clinical/source-attributes.md');
  const cited = readKnowledge('.').topic.allGroups.flatMap(({ rules }) => rules.flatMap(({ citations }) => citations));
  const missing = cited.map(({ display }) => display).filter((display) => !text.includes(`| ${display} |`));
  expect([...new Set(missing)]).toEqual([]);
});

test.each([
  'README.md',
  'docs/integration.md',
  'docs/operations.md',
  'docs/clinical/intended-use.md',
  'docs/clinical/hazard-log.md',
  'docs/clinical/source-attributes.md',
])('when %s links to a file of ours then it exists', (path) => {
  const links = [...page(path).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link);
  expect(links.filter((link) => !existsSync(join(dirname(path), link)))).toEqual([]);
});
