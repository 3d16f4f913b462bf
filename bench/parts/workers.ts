/** One process and two: what a second core adds, as far as the load generator leaves one. */
import { cpus } from 'node:os';
import { head, ratio, row, show } from '../figures.ts';
import { type AtConnections, alternate, residentMemory, type Throughput, warmUp } from '../measure.ts';
import type { Part } from '../part.ts';
import { processTree } from '../proc.ts';
import { type ServerProcess, startServer } from '../server-process.ts';

const CONNECTIONS = 16;

const LOAD_IN_THE_WAY = 'The load took a part of the two cores that two workers would use.';

/** Nothing when WORKERS=2 has started one process only. */
type WorkersMeasured = { measured: AtConnections; memory: (number | undefined)[][] } | undefined;

/** @param one the service with one worker, already warm */
export async function measureWorkers(
  command: string[],
  one: ServerProcess,
  bodies: Buffer[],
  seconds: number,
): Promise<WorkersMeasured> {
  const two = await startServer(command, { WORKERS: '2' });
  try {
    if (processTree(two.pid).length < 2) return undefined;
    // Each of them has to become warm.
    await warmUp({ server: two }, bodies, CONNECTIONS);
    const measured = await alternate([{ server: one }, { server: two }], bodies, CONNECTIONS, seconds);
    return { measured, memory: [one, two].map(residentMemory) };
  } finally {
    await two.stop();
  }
}

/** The load generator is a process too: on few cores it takes what a second worker would need. */
export function workersPart(workers: WorkersMeasured, cores = cpus().length): Part {
  if (!workers) return { table: ['WORKERS=2 started one process: nothing to compare.'], ratios: {}, aims: [] };
  const { measured, memory } = workers;
  const { throughputs } = measured;
  const [one, two] = throughputs;
  const loadCores = two ? coresOf(two.loadCpu, two) : 0;
  return {
    table: [
      ...head(
        `${CONNECTIONS} connections, ${cores} cores for service and load`,
        'requests/s',
        'to 1 worker',
        'CPU µs per request',
        'cores used',
        'by the load',
        'MiB of each process',
      ),
      ...throughputs.map((of, at) => workersRow(`WORKERS=${at + 1}`, of, one, memory[at] ?? [])),
      ...(loadCores > cores - 2 ? ['', LOAD_IN_THE_WAY] : []),
    ],
    ratios: {},
    aims: [],
  };
}

/** Microseconds of each request, as cores that are busy. */
const coresOf = (microseconds: number, { requestsPerSecond }: Throughput) => (microseconds * requestsPerSecond) / 1e6;

const workersRow = (name: string, of: Throughput, one: Throughput | undefined, memory: (number | undefined)[]) =>
  row(
    name,
    show(of.requestsPerSecond),
    show(ratio(of.requestsPerSecond, one?.requestsPerSecond), 2),
    show(of.cpu),
    show(of.cpu === undefined ? undefined : coresOf(of.cpu, of), 2),
    show(coresOf(of.loadCpu, of), 2),
    memory.map((mib) => show(mib)).join(' + '),
  );
