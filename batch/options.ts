/** The command line of a batch. */
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.ts';
import { ServiceError } from '../src/errors.ts';
import type { Shard } from './patient-hash.ts';

const USAGE =
  'assess --input DIR|FILE... --output FILE [--workers N] [--at INSTANT] [--plan ID] [--shard I/N] [--searched TYPE...]\n' +
  '  [--format line|guidance-response] [--chart FILE] [--statistics FILE]';

/** Where the knowledge is and what a site adds; what a server needs in production is no matter of a batch. */
const READ = ['KNOWLEDGE_DIR', 'SITE_CONFIG_FILE', 'SITE_TIME_ZONE'];

const FORMATS = ['line', 'guidance-response'] as const;
export type Format = (typeof FORMATS)[number];

export type BatchOptions = {
  inputs: string[];
  output: string;
  workers: number;
  /** Milliseconds since 1970; the moment of the first start when it is not given. */
  at: number | undefined;
  plan: string | undefined;
  shard: Shard;
  /** Types that were looked for and of which there need be none. */
  searched: string[];
  format: Format;
  /** Where to draw levels by gestation. */
  chart: string | undefined;
  /** Where to write how long it took, and how much memory. */
  statistics: string | undefined;
  /** Variables that the knowledge, the site file and the time zone are read from. */
  env: Record<string, string | undefined>;
  packageRoot: string;
};

/** @throws ServiceError `bad-request` naming what is wrong, `bad-configuration` */
export function optionsOf(argv: string[], env: Record<string, string | undefined>): BatchOptions {
  const { values, positionals } = parsed(argv);
  const [command, ...files] = positionals;
  const inputs = [...(values.input ?? []), ...files];
  if (command !== 'assess' || inputs.length === 0 || values.output === undefined) throw wrong(USAGE);
  const packageRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const own = Object.fromEntries(READ.map((name) => [name, env[name]]));
  readConfig(own, packageRoot);
  return {
    inputs,
    output: values.output,
    workers: wholeNumber('--workers', values.workers ?? String(availableParallelism()), 1, 256),
    at: values.at === undefined ? undefined : instant(values.at),
    plan: values.plan,
    shard: shardOf(values.shard ?? '0/1'),
    searched: values.searched ?? [],
    format: formatOf(values.format ?? 'line'),
    chart: values.chart,
    statistics: values.statistics,
    env: own,
    packageRoot,
  };
}

function parsed(argv: string[]) {
  const text = { type: 'string' } as const;
  const many = { type: 'string', multiple: true } as const;
  const options = {
    input: many,
    output: text,
    workers: text,
    at: text,
    plan: text,
    shard: text,
    searched: many,
    format: text,
    chart: text,
    statistics: text,
  };
  try {
    return parseArgs({ args: argv, allowPositionals: true, options });
  } catch (error) {
    throw wrong(USAGE, (error as Error).message);
  }
}

function formatOf(text: string): Format {
  const found = FORMATS.find((format) => format === text);
  if (!found) throw wrong(`--format is one of ${FORMATS.join(', ')}`);
  return found;
}

function shardOf(text: string): Shard {
  const [index, count, ...more] = text.split('/');
  if (index === undefined || count === undefined || more.length > 0) throw wrong('--shard is I/N');
  const of = wholeNumber('--shard', count, 1, 100_000);
  return { index: wholeNumber('--shard', index, 0, of - 1), of };
}

function instant(text: string): number {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(Date.parse(text)))
    throw wrong('--at is no instant with a time zone, such as 2026-03-01T08:00:00Z');
  return Date.parse(text);
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= min && number <= max) return number;
  throw wrong(`${name} is no whole number from ${min} to ${max}`);
}

const wrong = (message: string, ...details: string[]) => new ServiceError('bad-request', message, details);
