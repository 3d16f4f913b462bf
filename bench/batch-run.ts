/** One run of the batch command over an export, and what it says of its own time and memory. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MOMENT, NONE_OF } from './population.ts';

/** As the command writes it to the file that `--statistics` names. */
export type BatchStatistics = {
  partitioningMs: number;
  assessingMs: number;
  patients: number;
  workers: number;
  maxRssMiB: number;
};

const COMMAND = fileURLToPath(new URL('../batch/main.js', import.meta.url));

/** @param folder holds `export/`; the output is written beside it. @throws when a patient could not be assessed */
export async function runBatch(folder: string, workers: number): Promise<BatchStatistics> {
  const output = join(folder, 'levels.ndjson');
  const statistics = join(folder, 'statistics.json');
  const args = ['assess', '--input', join(folder, 'export'), '--output', output, '--workers', `${workers}`];
  args.push('--at', MOMENT.toISOString(), ...NONE_OF.flatMap((type) => ['--searched', type]));
  try {
    await run([...args, '--statistics', statistics]);
    return JSON.parse(readFileSync(statistics, 'utf8')) as BatchStatistics;
  } finally {
    for (const path of [output, statistics]) rmSync(path, { force: true });
  }
}

async function run(args: string[]): Promise<void> {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the batch ended with ${code}: ${said.slice(-500)}`);
}
