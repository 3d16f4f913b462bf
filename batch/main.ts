#!/usr/bin/env node
/** `pregnancy-back-pain-cds assess`: a population, from Bulk Data NDJSON to one line a patient (docs/batch.md). */
import { ServiceError } from '../src/errors.ts';
import { optionsOf } from './options.ts';
import { writeWhole } from './output.ts';
import { tellOn } from './progress.ts';
import { type BatchResult, runBatch } from './run-batch.ts';

const tell = tellOn(process.stderr);
const { say } = tell;

/** Kibibytes, as Linux counts them. */
const maxRssMiB = () => Math.round(process.resourceUsage().maxRSS / 1024);

function statisticsOf({ partitioningMs, assessingMs, assessed }: BatchResult, workers: number): string {
  const times = { partitioningMs: Math.round(partitioningMs), assessingMs: Math.round(assessingMs) };
  return `${JSON.stringify({ ...times, patients: assessed, workers, maxRssMiB: maxRssMiB() })}\n`;
}

try {
  const options = optionsOf(process.argv.slice(2), process.env);
  const result = await runBatch(options, tell);
  const { badLines, nameless, notRead, table } = result;
  const { failed } = result.counts;
  if (options.statistics !== undefined) writeWhole(options.statistics, statisticsOf(result, options.workers));
  process.stdout.write(`${table.join('\n')}\n`);
  if (badLines > 0) say(`${badLines} lines could not be read`);
  if (notRead > 0) say(`${notRead} resources are of types that the plan does not read`);
  if (nameless > 0) say(`${nameless} resources name no patient`);
  if (failed > 0) say(`${failed} patients could not be assessed`);
  process.exitCode = badLines + nameless + failed > 0 ? 1 : 0;
} catch (error) {
  const known = error instanceof ServiceError ? [`${error.code}: ${error.message}`, ...error.details] : undefined;
  if (!known) throw error;
  say(known.join('\n  '));
  process.exitCode = 2;
}
