/** `npm run soak`: calls, feedback, scrapes and refused requests for three minutes, or as long as is wanted. */
import { parseArgs } from 'node:util';
import { postgresDatabase, sqliteDatabase } from './crash/databases.ts';
import { prepareEhr } from './crash/ehr.ts';
import { soak, unflat } from './soak/soak.ts';

/** A leak of one KiB a request shows more than this after a minute. */
const MOST_RISE_MIB = 12;
/** Used tokens are remembered until they expire: that many of them are the same at all times after the warm-up. */
const TOKEN_SECONDS = 10;

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    'warm-up': { type: 'string', default: '60' },
    database: { type: 'string', default: 'sqlite' },
  },
});

const database = await (options.database === 'postgresql' ? postgresDatabase() : sqliteDatabase());
try {
  const times = { warmUpSeconds: Number(options['warm-up']), seconds: Number(options.seconds) };
  process.stdout.write(`${database.name}: ${times.warmUpSeconds} s of warm-up, ${times.seconds} s measured\n`);
  const result = await soak({ ehr: prepareEhr(TOKEN_SECONDS), databaseUrl: database.url, ...times });
  const { requests, memory, rise, filesBefore, filesAfter, faults } = result;
  console.table([
    {
      requests: Math.round(requests),
      'memory (MiB)': memory?.toFixed(0),
      'rise (MiB)': rise.toFixed(1),
      'open files': `${filesBefore} -> ${filesAfter}`,
      faults: faults.length,
    },
  ]);
  const wrong = [...faults.slice(0, 20), ...unflat(result, MOST_RISE_MIB)];
  for (const line of wrong) process.stdout.write(`${line}\n`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
} finally {
  await database.remove();
}
