/** The service as it is started for one machine, nobody authenticated and no audit, beside the bare server. */
import type { Ratios } from '../accepted.ts';
import { head, ratio, row, show } from '../figures.ts';
import type { AtConnections, Throughput } from '../measure.ts';
import { aim, type Part } from '../part.ts';

type Pair = readonly [service: number | undefined, bare: number | undefined];

/** Everything measured. Times in ms, memory in MiB, the core's time in µs. The first throughputs are service, bare server. */
export type BaseMeasurements = {
  throughput: AtConnections[];
  coldStart: Pair;
  memory: Pair;
  core: number | undefined;
};

const LEAST_RATIO = 0.5;
const MOST_CPU_RATIO = 2;
const MOST_CORE_US = 150;
const MOST_COLD_START_MS = 1000;
const MOST_MEMORY_MIB = 150;

export function basePart(measured: BaseMeasurements): Part {
  const ratios = ratiosOf(measured);
  const { core, coldStart, memory } = measured;
  return {
    table: tableOf(measured),
    ratios,
    aims: [
      aim(`requests/s >= ${LEAST_RATIO} of bare express`, ratios.requestsPerSecond, 2, (r) => r >= LEAST_RATIO),
      aim(`CPU <= ${MOST_CPU_RATIO} x bare express`, ratios.cpu, 2, (r) => r <= MOST_CPU_RATIO),
      aim(`core <= ${MOST_CORE_US} µs`, core, 0, (us) => us <= MOST_CORE_US),
      aim(`cold start < ${MOST_COLD_START_MS} ms`, coldStart[0], 0, (ms) => ms < MOST_COLD_START_MS),
      aim(`resident memory < ${MOST_MEMORY_MIB} MiB`, memory[0], 0, (mib) => mib < MOST_MEMORY_MIB),
    ],
  };
}

const pairOf = ({ throughputs: [service, bare] }: AtConnections, read: (one: Throughput) => number | undefined): Pair =>
  [service && read(service), bare && read(bare)] as const;

function ratiosOf({ throughput, coldStart, memory }: BaseMeasurements): Ratios {
  const last = throughput.at(-1) ?? { connections: 0, throughputs: [] };
  return {
    requestsPerSecond: ratio(...pairOf(last, ({ requestsPerSecond }) => requestsPerSecond)) ?? Number.NaN,
    cpu: ratio(...pairOf(last, ({ cpu }) => cpu)) ?? Number.NaN,
    coldStart: ratio(...coldStart) ?? Number.NaN,
    memory: ratio(...memory) ?? Number.NaN,
  };
}

const pairRow = (name: string, [service, bare]: Pair, digits = 0) =>
  row(name, show(service, digits), show(bare, digits), show(ratio(service, bare), 2));

function throughputRows(measured: AtConnections): string[] {
  const { connections } = measured;
  const of = connections === 1 ? '1 connection' : `${connections} connections`;
  return [
    pairRow(
      `requests/s, ${of}`,
      pairOf(measured, ({ requestsPerSecond }) => requestsPerSecond),
    ),
    pairRow(
      `p50 ms, ${of}`,
      pairOf(measured, ({ p50 }) => p50),
      2,
    ),
    pairRow(
      `p99 ms, ${of}`,
      pairOf(measured, ({ p99 }) => p99),
      2,
    ),
    pairRow(
      `CPU µs per request, ${of}`,
      pairOf(measured, ({ cpu }) => cpu),
    ),
  ];
}

const tableOf = ({ throughput, coldStart, memory, core }: BaseMeasurements): string[] => [
  ...head('', 'service', 'bare express', 'ratio'),
  ...throughput.flatMap(throughputRows),
  row('core alone, µs per decision', show(core), '–', '–'),
  pairRow('cold start to first discovery, ms (median)', coldStart),
  pairRow('resident memory after load, MiB', memory),
];
