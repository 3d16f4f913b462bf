/** One run of the batch command over an export, and what it says of its own time and memory. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { MOMENT, NONE_OF } from './population.ts';
import { peakResidentMiB } from './proc.ts';

/** As the command writes it to the file that `--statistics` names. */
export type BatchStatistics = {
  partitioningMs: number;
  assessingMs: number;
  patients: number;
  workers: number;
  maxRssMiB: number;
};

const COMMAND = fileURLToPath(new URL('../batch/main.js', import.meta.url));
const LOOK_EVERY_MS = 100;

/** @param folder holds `export/`; the output is written beside it. @throws when a patient could not be assessed */
export async function runBatch(folder: string, workers: number): Promise<BatchStatistics> {
  const output = join(folder, 'levels.ndjson');
  const statistics = join(folder, 'statistics.json');
  const args = ['assess', '--input', join(folder, 'export'), '--output', output, '--workers', `${workers}`];
  args.push('--at', MOMENT.toISOString(), ...NONE_OF.flatMap((type) => ['--searched', type]));
  const tells = await knowsStatistics();
  try {
    const watched = await watch(tells ? [...args, '--statistics', statistics] : args);
    if (tells) return JSON.parse(readFileSync(statistics, 'utf8')) as BatchStatistics;
    return { ...fromProgress(watched.said, watched.elapsedMs), workers, maxRssMiB: watched.maxRssMiB };
  } finally {
    for (const path of [output, statistics]) if (existsSync(path)) rmSync(path);
  }
}

/** A command without any input says how it is used. */
async function knowsStatistics(): Promise<boolean> {
  const child = spawn(process.execPath, [COMMAND, 'assess'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let usage = '';
  child.stderr.on('data', (data: Buffer) => {
    usage += data.toString();
  });
  await once(child, 'close');
  return usage.includes('--statistics');
}

async function watch(args: string[]): Promise<{ said: string[]; elapsedMs: number; maxRssMiB: number }> {
  const start = performance.now();
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  let maxRssMiB = Number.NaN;
  const looking = setInterval(() => {
    maxRssMiB = peakResidentMiB(child.pid ?? 0) ?? maxRssMiB;
  }, LOOK_EVERY_MS);
  const [code] = await once(child, 'close');
  clearInterval(looking);
  if (code !== 0) throw new Error(`the batch ended with ${code}: ${said.slice(-3).join('; ')}`);
  return { said, elapsedMs: performance.now() - start, maxRssMiB };
}

/** The last line of progress has all patients and their rate; what is not assessing counts as partitioning. */
export function fromProgress(
  said: string[],
  elapsedMs: number,
): Pick<BatchStatistics, 'partitioningMs' | 'assessingMs' | 'patients'> {
  const last = said.findLast((line) => / patients, \d+\/s/.test(line)) ?? '';
  const [, patients = 0, rate = 0] = (/(\d+) patients, (\d+)\/s/.exec(last) ?? []).map(Number);
  const assessingMs = (patients / rate) * 1000;
  return { partitioningMs: elapsedMs - assessingMs, assessingMs, patients };
}
