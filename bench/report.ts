/** The measurements as a Markdown table with the aims under it. */
import type { AtConnections } from './measure.ts';

/** Everything measured; each pair is service, bare server. Times in ms, memory in MiB, the core's time in µs. */
export type Measurements = {
  throughput: AtConnections[];
  coldStart: [number, number];
  memory: (number | undefined)[];
  core: number | undefined;
};

const LEAST_RATIO = 0.15;
const MOST_COLD_START_MS = 1200;
const MOST_MEMORY_MIB = 180;

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

export function report({ throughput, coldStart, memory, core }: Measurements): string {
  const ratios = throughput.map(
    ({ throughputs: [service, bare] }) => ratio(service?.requestsPerSecond, bare?.requestsPerSecond) ?? 0,
  );
  return [
    '| | service | bare express | ratio |',
    '|---|---:|---:|---:|',
    ...throughput.flatMap(throughputRows),
    `| core alone, µs per decision | ${show(core)} | – | – |`,
    row('cold start to first discovery, ms (median)', coldStart),
    row('resident memory after load, MiB', memory),
    '',
    `Aims: ${[
      aim(`ratio >= ${LEAST_RATIO} at every number of connections`, Math.min(...ratios), 2, (r) => r >= LEAST_RATIO),
      aim(`cold start < ${MOST_COLD_START_MS} ms`, coldStart[0], 0, (ms) => ms < MOST_COLD_START_MS),
      aim(`resident memory < ${MOST_MEMORY_MIB} MiB`, memory[0], 0, (mib) => mib < MOST_MEMORY_MIB),
    ].join('; ')}`,
  ].join('\n');
}
