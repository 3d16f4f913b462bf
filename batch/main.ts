#!/usr/bin/env node
/** `pregnancy-back-pain-cds assess`: a population, from Bulk Data NDJSON to one line a patient (docs/batch.md). */
import { ServiceError } from '../src/errors.ts';
import { optionsOf } from './options.ts';
import { runBatch } from './run-batch.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);

try {
  const { badLines, nameless, failed, table } = await runBatch(optionsOf(process.argv.slice(2), process.env), say);
  process.stdout.write(`${table.join('\n')}\n`);
  if (badLines > 0) say(`${badLines} lines could not be read`);
  if (nameless > 0) say(`${nameless} resources name no patient`);
  if (failed > 0) say(`${failed} patients could not be assessed`);
  process.exitCode = badLines + nameless + failed > 0 ? 1 : 0;
} catch (error) {
  const known = error instanceof ServiceError ? [`${error.code}: ${error.message}`, ...error.details] : undefined;
  if (!known) throw error;
  say(known.join('\n  '));
  process.exitCode = 2;
}
