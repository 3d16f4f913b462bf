/** The configuration of the store: what is refused, and what it is without a word. */
import { expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';

/** What the refusal says. */
function refusal(env: Record<string, string>): string {
  try {
    readConfig(env, '/package');
    return '';
  } catch (error) {
    return JSON.stringify(error);
  }
}

test('when nothing is said then the database is a file beside the package, and cards are kept for a year', () => {
  const { database, retentionDays } = readConfig({}, '/package');
  expect(database).toEqual({ url: 'sqlite:/package/.data/store.sqlite', chosen: false });
  expect(retentionDays).toBe(365);
});

test.each(['postgres://u@h/db', 'postgresql://u@h/db', 'sqlite:/var/lib/cds.sqlite', 'memory:'])(
  'when DATABASE_URL is %s then it is the choice',
  (url) => expect(readConfig({ DATABASE_URL: url }, '.').database).toEqual({ url, chosen: true }),
);

test.each(['', 'mysql://u:secret-word@h/db', 'sqlite:', 'memory:x', '/var/lib/cds.sqlite'])(
  'when DATABASE_URL is %j then the start is refused, and no password is said',
  (DATABASE_URL) => {
    expect(refusal({ DATABASE_URL })).toContain('DATABASE_URL');
    expect(refusal({ DATABASE_URL })).not.toContain('secret-word');
  },
);

test.each(['0', '-1', 'ten', '36501'])('when STORE_RETENTION_DAYS is %s then the start is refused', (days) => {
  expect(refusal({ STORE_RETENTION_DAYS: days })).toContain('STORE_RETENTION_DAYS');
});

test('when it is production then a database must be chosen, and memory is none', () => {
  const production = { NODE_ENV: 'production' };
  expect(refusal(production)).toContain('DATABASE_URL');
  expect(refusal({ ...production, DATABASE_URL: 'memory:' })).toContain('DATABASE_URL');
  expect(refusal({ ...production, DATABASE_URL: 'postgresql://h/db' })).not.toContain('DATABASE_URL');
});

test('when FINGERPRINT_KEY is shorter than 32 characters then the start is refused, and the key is not said', () => {
  const short = 'a-secret-of-31-characters-only!';
  expect(refusal({ FINGERPRINT_KEY: short })).toContain('FINGERPRINT_KEY');
  expect(refusal({ FINGERPRINT_KEY: short })).not.toContain(short);
  expect(readConfig({ FINGERPRINT_KEY: `${short}.` }, '.').fingerprintKey).toBe(`${short}.`);
});
