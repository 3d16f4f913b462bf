/** Servers measured in turn in one run (A B A B), so that all see the same machine. */
import { median, quantile } from './figures.ts';
import { expectCards, load, type Sample } from './load.ts';
import type { Target } from './post.ts';
import { cpuMicroseconds, processTree, residentMiB } from './proc.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { settle } from './settle.ts';

const ROUNDS = 2;
/** Requests a second of a server of which nothing is known yet. */
const FIRST_GUESS = 500;
/** Tokens are signed before time is taken, some more than will be used; when they are used up, the turn is over. */
const TOKENS_TO_SPARE = 1.3;

/** A server that is measured; `sign` makes bearer tokens for it, each for one request. */
export type Contender = {
  server: ServerProcess;
  sign?: (count: number) => Promise<string[]>;
  /** Requests a second in its last turn. */
  lastRate?: number;
};

/**
 * What was measured at one number of connections; latencies in ms, CPU time in µs per request: of the server with its
 * children, and of the load generator.
 */
export type Throughput = {
  requestsPerSecond: number;
  p50: number;
  p99: number;
  cpu: number | undefined;
  loadCpu: number;
};

/** One throughput a contender, in their order. */
export type AtConnections = { connections: number; throughputs: Throughput[] };

type Turn = Sample & { cpu: number | undefined; loadCpu: number };

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

function summary(turns: Turn[]): Throughput {
  const latencies = turns.flatMap((turn) => turn.latencies);
  const cpus = turns.flatMap(({ cpu }) => cpu ?? []);
  return {
    requestsPerSecond: latencies.length / sum(turns.map(({ seconds }) => seconds)),
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpu: cpus.length < turns.length ? undefined : sum(cpus) / latencies.length,
    loadCpu: sum(turns.map(({ loadCpu }) => loadCpu)) / latencies.length,
  };
}

export const targetOf = ({ port }: ServerProcess): Target => ({ port, path: '/cds-services/back-pain-in-pregnancy' });

/** CPU time of a server and its children. */
const cpuOf = ({ pid }: ServerProcess) => {
  const cpus = processTree(pid).flatMap((one) => cpuMicroseconds(one) ?? []);
  return cpus.length === 0 ? undefined : sum(cpus);
};

async function turn(contender: Contender, bodies: Buffer[], connections: number, seconds: number): Promise<Turn> {
  const { server, sign, lastRate = FIRST_GUESS } = contender;
  const tokens = await sign?.(Math.ceil(seconds * lastRate * TOKENS_TO_SPARE));
  const before = cpuOf(server);
  const own = process.cpuUsage();
  const sample = await load(targetOf(server), bodies, connections, seconds, tokens);
  const { user, system } = process.cpuUsage(own);
  const after = cpuOf(server);
  contender.lastRate = sample.latencies.length / sample.seconds;
  const cpu = after === undefined || before === undefined ? undefined : after - before;
  return { ...sample, cpu, loadCpu: user + system };
}

const ROUND_SECONDS = 2;
const MOST_ROUNDS = 6;

/** Expects cards for every body, then load until it gets no faster. */
export async function warmUp(contender: Contender, bodies: Buffer[], connections: number): Promise<void> {
  await expectCards(targetOf(contender.server), bodies, await contender.sign?.(bodies.length));
  await settle(MOST_ROUNDS, async () => {
    const { latencies, seconds } = await turn(contender, bodies, connections, ROUND_SECONDS);
    return latencies.length / seconds;
  });
}

/** All contenders at one number of connections, `seconds` a turn. */
export async function alternate(
  contenders: Contender[],
  bodies: Buffer[],
  connections: number,
  seconds: number,
): Promise<AtConnections> {
  const runs = contenders.map((contender) => ({ contender, turns: [] as Turn[] }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { contender, turns } of runs) turns.push(await turn(contender, bodies, connections, seconds));
  }
  return { connections, throughputs: runs.map(({ turns }) => summary(turns)) };
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

/** Resident memory in MiB of each process of a server, the first is the one that was started. */
export const residentMemory = ({ pid }: ServerProcess): (number | undefined)[] => processTree(pid).map(residentMiB);
