/** The schema and its versions. */
import { expect, test } from '@jest/globals';
import { onEachDatabase, openReplica } from '../harness/databases.ts';

onEachDatabase((database) => {
  test('when replicas open a new database at the same time then each of them can use it', async () => {
    const replicas = await Promise.all([1, 2, 3].map(() => openReplica(database().url)));
    expect(replicas.map((store) => store.status().database)).toEqual(['ready', 'ready', 'ready']);
    for (const store of replicas) await store.close();
  });

  test('when a database is opened again then its schema is left as it is', async () => {
    for (let times = 0; times < 2; times++) await (await openReplica(database().url)).close();
    const names = (await database().query('select name from kysely_migration')).map(({ name }) => name);
    expect(names).toEqual(['0001-cards-feedback-tokens', '0002-secrets', '0003-overrides-by-finding', '0004-audit']);
  });

  test('when the schema is newer than the code then the start is refused, and says why', async () => {
    await database().query("insert into kysely_migration values ('9999-later', '2099-01-01')");
    const refused = openReplica(database().url);
    await expect(refused).rejects.toMatchObject({
      code: 'bad-configuration',
      details: [expect.stringContaining('9999-later')],
    });
    await database().query("delete from kysely_migration where name = '9999-later'");
  });
});
