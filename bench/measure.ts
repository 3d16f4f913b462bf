/** Two servers measured in turn in one run (A B A B), so that both see the same machine. */
import { load, type Sample } from './load.ts';
import type { Target } from './post.ts';
import { cpuMicroseconds, residentMiB } from './proc.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const ROUNDS = 2;

/** What was measured at one number of connections; latencies in ms, CPU time in µs per request. */
type Throughput = { requestsPerSecond: number; p50: number; p99: number; cpu: number | undefined };

/** One throughput a server, in the order of the servers. */
export type AtConnections = { connections: number; throughputs: Throughput[] };

const quantile = (sorted: number[], share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;

const median = (values: number[]) =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );

function summary(samples: Sample[], cpu: number | undefined): Throughput {
  const latencies = samples.flatMap((sample) => sample.latencies).sort((a, b) => a - b);
  const seconds = samples.reduce((sum, sample) => sum + sample.seconds, 0);
  return {
    requestsPerSecond: latencies.length / seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpu: cpu === undefined ? undefined : cpu / latencies.length,
  };
}

const difference = (after: number | undefined, before: number | undefined) =>
  after === undefined || before === undefined ? undefined : after - before;

export const targetOf = ({ port }: ServerProcess): Target => ({ port, path: '/cds-services/back-pain-in-pregnancy' });

/** Both servers at one number of connections, `seconds` a turn. */
export async function alternate(
  servers: ServerProcess[],
  bodies: Buffer[],
  connections: number,
  seconds: number,
): Promise<AtConnections> {
  const runs = servers.map((server) => ({ server, samples: [] as Sample[], cpu: 0 as number | undefined }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const run of runs) {
      const before = cpuMicroseconds(run.server.pid);
      run.samples.push(await load(targetOf(run.server), bodies, connections, seconds));
      const used = difference(cpuMicroseconds(run.server.pid), before);
      run.cpu = used === undefined || run.cpu === undefined ? undefined : run.cpu + used;
    }
  }
  return { connections, throughputs: runs.map(({ samples, cpu }) => summary(samples, cpu)) };
}

/** Median time in ms from spawn to the first answered discovery. */
export async function coldStart(command: string[], starts: number): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < starts; index += 1) {
    const server = await startServer(command);
    times.push(server.coldStartMs);
    await server.stop();
  }
  return median(times);
}

export const residentMemory = (servers: ServerProcess[]) => servers.map(({ pid }) => residentMiB(pid));
