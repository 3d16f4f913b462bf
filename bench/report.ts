/** The measurements as a Markdown table with the aims under it. */
import type { Ratios } from './accepted.ts';
import type { AtConnections } from './measure.ts';

/** Everything measured; each pair is service, bare server. Times in ms, memory in MiB, the core's time in µs. */
export type Measurements = {
  throughput: AtConnections[];
  coldStart: [number, number];
  memory: (number | undefined)[];
  core: number | undefined;
};

/** What is aimed at; docs/performance.md says what is left where it is not reached. */
const LEAST_RATIO = 0.5;
const MOST_CPU_RATIO = 2;
const MOST_CORE_US = 150;
const MOST_COLD_START_MS = 1000;
const MOST_MEMORY_MIB = 150;

const show = (value: number | undefined, digits = 0) => (value === undefined ? 'n/a' : value.toFixed(digits));

const ratio = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined || b === 0 ? undefined : a / b;

function row(name: string, [service, bare]: (number | undefined)[], digits = 0): string {
  return `| ${name} | ${show(service, digits)} | ${show(bare, digits)} | ${show(ratio(service, bare), 2)} |`;
}

const throughputRows = ({ connections, throughputs }: AtConnections) => {
  const of = connections === 1 ? '1 connection' : `${connections} connections`;
  return [
    row(
      `requests/s, ${of}`,
      throughputs.map(({ requestsPerSecond }) => requestsPerSecond),
    ),
    row(
      `p50 ms, ${of}`,
      throughputs.map(({ p50 }) => p50),
      2,
    ),
    row(
      `p99 ms, ${of}`,
      throughputs.map(({ p99 }) => p99),
      2,
    ),
    row(
      `CPU µs per request, ${of}`,
      throughputs.map(({ cpu }) => cpu),
    ),
  ];
};

const aim = (name: string, value: number | undefined, digits: number, met: (value: number) => boolean) =>
  `${name}: ${value === undefined ? 'n/a' : `${met(value) ? 'yes' : 'no'} (${show(value, digits)})`}`;

/** What is compared from one version to the next: ratios of one run, so that the machine matters little. */
export function ratiosOf({ throughput, coldStart, memory }: Measurements): Ratios {
  const last = throughput.at(-1)?.throughputs ?? [];
  const of = (read: (one: AtConnections['throughputs'][number]) => number | undefined) =>
    ratio(last[0] && read(last[0]), last[1] && read(last[1])) ?? Number.NaN;
  return {
    requestsPerSecond: of(({ requestsPerSecond }) => requestsPerSecond),
    cpu: of(({ cpu }) => cpu),
    coldStart: ratio(...coldStart) ?? Number.NaN,
    memory: ratio(memory[0], memory[1]) ?? Number.NaN,
  };
}

export function report(measured: Measurements): string {
  const { throughput, coldStart, memory, core } = measured;
  const { requestsPerSecond, cpu } = ratiosOf(measured);
  return [
    '| | service | bare express | ratio |',
    '|---|---:|---:|---:|',
    ...throughput.flatMap(throughputRows),
    `| core alone, µs per decision | ${show(core)} | – | – |`,
    row('cold start to first discovery, ms (median)', coldStart),
    row('resident memory after load, MiB', memory),
    '',
    `Aims: ${[
      aim(`requests/s >= ${LEAST_RATIO} of bare express`, requestsPerSecond, 2, (r) => r >= LEAST_RATIO),
      aim(`CPU <= ${MOST_CPU_RATIO} x bare express`, cpu, 2, (r) => r <= MOST_CPU_RATIO),
      aim(`core <= ${MOST_CORE_US} µs`, core, 0, (us) => us <= MOST_CORE_US),
      aim(`cold start < ${MOST_COLD_START_MS} ms`, coldStart[0], 0, (ms) => ms < MOST_COLD_START_MS),
      aim(`resident memory < ${MOST_MEMORY_MIB} MiB`, memory[0], 0, (mib) => mib < MOST_MEMORY_MIB),
    ].join('; ')}`,
  ].join('\n');
}
