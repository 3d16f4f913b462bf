/** A population from files: how fast a thread assesses, whether memory stays, what a second thread adds. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Questionnaire } from '../../src/fhir/types.ts';
import { type BatchStatistics, runBatch } from '../batch-run.ts';
import { writeExport } from '../export.ts';
import { head, ratio, row, show } from '../figures.ts';
import { aim, type Part } from '../part.ts';
import { populationOf } from '../population.ts';
import { worthOfTwoCores } from '../two-cores.ts';

const MOST_GROWTH = 1.2;
const LEAST_SCALING = 1.8;
/** Of one worker at the largest size. */
const LEAST_PER_SECOND = 2000;

/** `twoCores`: what two processes of plain work do at once, to what one does alone, before and after the batch. */
export type BatchMeasured = { runs: BatchStatistics[]; twoCores: number[] };

/** One worker at each size, two at the largest: threads that have just started are still being compiled. */
export async function measureBatch(questionnaire: Questionnaire, sizes: number[]): Promise<BatchMeasured> {
  const before = await worthOfTwoCores();
  const runs = await runAll(questionnaire, sizes);
  return { runs, twoCores: [before, await worthOfTwoCores()] };
}

async function runAll(questionnaire: Questionnaire, sizes: number[]): Promise<BatchStatistics[]> {
  const linesOf = populationOf(questionnaire);
  const runs: BatchStatistics[] = [];
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-batch-'));
    try {
      writeExport(join(folder, 'export'), size, linesOf);
      runs.push(await runBatch(folder, 1));
      if (size === sizes.at(-1)) runs.push(await runBatch(folder, 2));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return runs;
}

const perSecond = ({ patients, assessingMs }: BatchStatistics) => patients / (assessingMs / 1000);

/** @param runs one worker at each size, then two at the largest */
export function batchPart({ runs, twoCores }: BatchMeasured): Part {
  const single = runs.filter(({ workers }) => workers === 1);
  const [smallest, largest] = [single[0], single.at(-1)];
  const two = runs.find(({ workers }) => workers === 2);
  const scaling = ratio(two && perSecond(two), largest && perSecond(largest)) ?? Number.NaN;
  // One size has nothing to be compared with.
  const growth = single.length < 2 ? undefined : ratio(largest?.maxRssMiB, smallest?.maxRssMiB);
  const of = `${largest?.patients} patients`;
  return {
    table: [
      ...head('batch', 'workers', 'partitioning s', 'assessing s', 'patients/s for each core', 'peak MiB'),
      ...runs.map(batchRow),
      '',
      `Memory at ${of} to ${smallest?.patients}: ${show(growth, 2)}; two workers to one at ${of}: ${show(scaling, 2)}, ` +
        `where this machine gives ${twoCores.map((worth) => show(worth, 2)).join(' and ')} to two processes of plain work`,
    ],
    ratios: { ...(growth !== undefined && { batchFlatness: growth }), batchScaling: scaling },
    aims: [
      aim(
        `batch >= ${LEAST_PER_SECOND} patients/s for each core`,
        largest && perSecond(largest),
        0,
        (rate) => rate >= LEAST_PER_SECOND,
      ),
      aim(`batch memory at ${of} <= ${MOST_GROWTH} x at ${smallest?.patients}`, growth, 2, (r) => r <= MOST_GROWTH),
      aim(`batch with 2 workers >= ${LEAST_SCALING} x 1 worker`, scaling, 2, (r) => r >= LEAST_SCALING),
    ],
  };
}

const batchRow = (run: BatchStatistics) =>
  row(
    `${run.patients} patients`,
    `${run.workers}`,
    show(run.partitioningMs / 1000, 1),
    show(run.assessingMs / 1000, 1),
    show(perSecond(run) / run.workers),
    show(run.maxRssMiB),
  );
