/** `npm run bench`: the service beside a bare express server, in one run, on the loopback interface only. */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Questionnaire } from '../src/fhir/types.ts';
import { accept, accepted, fallenBehind, type Ratios } from './accepted.ts';
import { requestBodies } from './body.ts';
import { measureCore } from './core.ts';
import { decideOnce } from './decide-once.ts';
import { reportMachine, watchMachine } from './machine.ts';
import { alternate, coldStart, residentMemory, targetOf, warmUp } from './measure.ts';
import { benchOptions } from './options.ts';
import type { Part } from './part.ts';
import { basePart } from './parts/base.ts';
import { batchPart, measureBatch } from './parts/batch.ts';
import { curvePart, measureCurve } from './parts/curve.ts';
import { fallbackPart, measureFallback } from './parts/fallback.ts';
import { guardsPart, startGuarded } from './parts/guards.ts';
import { measureWorkers, workersPart } from './parts/workers.ts';
import { startServer } from './server-process.ts';

const options = benchOptions(process.argv.slice(2));
const { seconds, starts, has, batchPatients } = options;

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const bare = [process.execPath, beside('./bare-server.js')];
/** As `npm start` runs it: a small young generation costs no throughput and saves some 40 MiB. */
const started = [process.execPath, '--max-semi-space-size=8', beside('../src/main.js')];
const service = options.serviceCommand ?? started;

const questionnaire: Questionnaire = JSON.parse(readFileSync(options.questionnaire, 'utf8'));
const bodies = requestBodies(questionnaire, options.bodies, new Date());
const meanKiB = bodies.reduce((sum, { length }) => sum + length, 0) / bodies.length / 1024;
process.stdout.write(
  `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}; ${bodies.length} bodies of ${meanKiB.toFixed(1)} KiB; ` +
    `2 x ${seconds} s at each number of connections\n\n`,
);

const othersSince = watchMachine();
const parts: Part[] = [];
const tell = (part: Part) => {
  parts.push(part);
  process.stdout.write(`${part.table.join('\n')}\n\n`);
};

const stops: (() => Promise<void>)[] = [];
const startedServer = async (command: string[]) => {
  const server = await startServer(command);
  stops.push(server.stop);
  return { server };
};
const stopped = async () => void (await Promise.all(stops.splice(0).map((stop) => stop())));

/** The servers that answer with a full prefetch, in turn. */
async function withPrefetch(): Promise<void> {
  const cold = [await coldStart(service, starts), await coldStart(bare, starts)] as const;
  const pair = [await startedServer(service), await startedServer(bare)] as const;
  for (const contender of pair) await warmUp(contender, bodies, 16);
  const single = await alternate([...pair], bodies, 1, seconds);

  const path = targetOf(pair[0].server).path;
  const guarded = has('guards') ? await startGuarded(service, path, (stop) => stops.push(stop)) : [];
  for (const contender of guarded) await warmUp(contender, bodies, 16);
  const many = await alternate([...pair, ...guarded], bodies, 16, seconds);
  const memory = [residentMemory(pair[0].server)[0], residentMemory(pair[1].server)[0]] as const;

  const core = await measureCore(decideOnce(bodies));
  tell(basePart({ throughput: [single, many], coldStart: cold, memory, core }));
  if (has('guards')) tell(guardsPart(guarded, many));
  if (has('workers')) tell(workersPart(await measureWorkers(service, pair[0].server, bodies, seconds)));
}

try {
  await withPrefetch().finally(stopped);
  if (has('fallback')) tell(fallbackPart(await measureFallback(service, bodies, 2 * seconds)));
  if (batchPatients.length > 0) tell(batchPart(await measureBatch(questionnaire, batchPatients)));
  if (has('curve')) tell(curvePart(await measureCurve(questionnaire, new Date())));
} finally {
  process.stdout.write(`${reportMachine(othersSince())}\n\nAims: ${parts.flatMap(({ aims }) => aims).join('; ')}\n`);
}

const ratios: Ratios = Object.assign({}, ...parts.map((part) => part.ratios));
if (options.accept) accept(ratios);
const behind = options.check ? fallenBehind(ratios, accepted()) : [];
for (const line of behind) process.stdout.write(`Worse: ${line}\n`);
if (behind.length > 0) process.exitCode = 1;
