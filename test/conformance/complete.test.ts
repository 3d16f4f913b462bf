/** No row without a test that names it. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { SHALL_AND_SHOULD } from './requirements.ts';

test('when a row is listed then a test of this folder proves it', () => {
  const folder = 'test/conformance';
  const tests = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts') && name !== 'complete.test.ts')
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('');
  expect(Object.keys(SHALL_AND_SHOULD).filter((row) => !tests.includes(`'${row}'`))).toEqual([]);
});
