/** No row without a test that names it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { SEEN_ELSEWHERE, SHALL_AND_SHOULD } from './requirements.ts';

test('when a row is listed then a test of this folder proves it', () => {
  const folder = 'test/conformance';
  const tests = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts') && name !== 'complete.test.ts')
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('');
  expect(Object.keys(SHALL_AND_SHOULD).filter((row) => !tests.includes(`'${row}'`))).toEqual([]);
});

test('when a requirement is seen elsewhere then that test exists', () => {
  expect(SEEN_ELSEWHERE.filter(({ test }) => !existsSync(test))).toEqual([]);
});
