/** What somebody sees who waits: a line now and then, or a bar that is redrawn. */
import { expect, test } from '@jest/globals';
import { tellOn } from '../../batch/progress.ts';

const at = (done: number, seconds = 2) => ({ what: 'assessed' as const, done, of: 4, count: done * 1000, seconds });

function telling(isTTY: boolean) {
  const written: string[] = [];
  let now = 0;
  const tell = tellOn({ isTTY, write: (text) => written.push(text) }, () => now);
  const wait = (milliseconds: number) => {
    now += milliseconds;
  };
  return { tell, wait, written };
}

test('a file gets a line at most every two seconds, and the last one', () => {
  const { tell, wait, written } = telling(false);
  tell.progress(at(1));
  wait(1999);
  tell.progress(at(2));
  wait(1);
  tell.progress(at(3));
  tell.progress(at(4));
  expect(written).toEqual([
    'assessed 25 %, 1000 patients, 500/s, 6 s left\n',
    'assessed 75 %, 3000 patients, 1500/s, 1 s left\n',
    'assessed 100 %, 4000 patients, 2000/s, 0 s left\n',
  ]);
});

test('a terminal gets a bar that is redrawn ten times a second, under what is said', () => {
  const { tell, wait, written } = telling(true);
  tell.progress(at(1));
  wait(99);
  tell.progress(at(2));
  wait(1);
  tell.progress(at(3));
  tell.say('x.ndjson:7: is no FHIR resource');
  tell.progress(at(4));
  tell.say('done');
  const clear = '\r\u001b[K';
  const bar = (full: number, words: string) => `[${'#'.repeat(full)}${'-'.repeat(24 - full)}] ${words}`;
  const third = bar(18, 'assessed 75 %, 3000 patients, 1500/s, 1 s left');
  expect(written).toEqual([
    `${clear}${bar(6, 'assessed 25 %, 1000 patients, 500/s, 6 s left')}`,
    `${clear}${third}`,
    `${clear}x.ndjson:7: is no FHIR resource\n${third}`,
    `${clear}assessed 100 %, 4000 patients, 2000/s, 0 s left\n`,
    `${clear}done\n`,
  ]);
});

test('when there is nothing to do then that is done', () => {
  const { tell, written } = telling(false);
  tell.progress({ what: 'read', done: 0, of: 0, count: 0, seconds: 0 });
  expect(written).toEqual(['read 100 %, 0 MiB, 0 MiB/s, 0 s left\n']);
});
