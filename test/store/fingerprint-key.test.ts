/** What findings are fingerprinted with: one key for all replicas, and none that a reader of the source knows. */
import { expect, test } from '@jest/globals';
import { onEachDatabase, openReplica } from '../harness/databases.ts';

onEachDatabase((database) => {
  const keyOf = async (options: { fingerprintKey?: string } = {}) => {
    const store = await openReplica(database().url, options);
    const key = store.fingerprintKey();
    await store.close();
    return key;
  };
  const secrets = () => database().query('select value from secret');

  test('when the site says a key then it is used, and the database holds none', async () => {
    const fingerprintKey = 'a-key-of-this-site-that-is-long-enough';
    expect(await keyOf({ fingerprintKey })).toBe(fingerprintKey);
    expect(await secrets()).toEqual([]);
  });

  test('when replicas start together on one database then they agree on one key, and a restart keeps it', async () => {
    const keys = await Promise.all([1, 2, 3, 4].map(() => keyOf()));
    const [key] = keys;
    expect(key).toMatch(/^[\w-]{43}$/);
    expect(new Set([...keys, await keyOf()])).toEqual(new Set([key]));
    expect(await secrets()).toEqual([{ value: key }]);
  });

  test('when it is another database then it is another key', async () => {
    const other = await openReplica('memory:');
    expect(other.fingerprintKey()).toMatch(/^[\w-]{43}$/);
    expect(other.fingerprintKey()).not.toBe(await keyOf());
    await other.close();
  });
});

test('when the database has not told its key yet then there is none, rather than one that nobody else has', async () => {
  const store = await openReplica('postgresql://127.0.0.1:1/nowhere');
  expect([store.status().database, store.fingerprintKey()]).toEqual(['lost', undefined]);
  await store.close();
});
