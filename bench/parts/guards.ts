/** What it costs to know who calls, and to write down whose data were used: beside the open service, in the same turns. */
import { head, ratio, row, show } from '../figures.ts';
import type { AtConnections, Contender, Throughput } from '../measure.ts';
import type { Part } from '../part.ts';
import { startServer } from '../server-process.ts';
import { ALGORITHM, prepareEhr } from '../tokens.ts';

/** A service with a guard; `ratio` is the name under which it is compared. */
export type Guarded = Contender & { name: string; ratio: 'jwt' | 'audit' };

/** @param path of the endpoint; @param stopping is told how to stop each that was started */
export async function startGuarded(
  command: string[],
  path: string,
  stopping: (stop: () => Promise<void>) => void,
): Promise<Guarded[]> {
  const audited = await startServer(command, { AUDIT: 'true' });
  stopping(audited.stop);
  const { settings, sign, tidy } = await prepareEhr(path);
  const known = await startServer(command, settings).catch((error: unknown) => {
    tidy();
    throw error;
  });
  stopping(() => known.stop().finally(tidy));
  return [
    { name: 'with audit', ratio: 'audit', server: audited },
    { name: `with jwt (${ALGORITHM})`, ratio: 'jwt', server: known, sign },
  ];
}

/** @param measured the open service, the bare server, then the guarded ones in their order */
export function guardsPart(guarded: Guarded[], { connections, throughputs }: AtConnections): Part {
  const [open, bare, ...others] = throughputs;
  const rows = [
    { name: 'bare express', of: bare },
    { name: 'open', of: open },
    ...guarded.map(({ name }, at) => ({ name, of: others[at] })),
  ];
  const ratios = guarded.map(({ ratio: name }, at) => {
    return [name, ratio(others[at]?.requestsPerSecond, bare?.requestsPerSecond) ?? Number.NaN];
  });
  return {
    table: [
      ...head(`${connections} connections`, 'requests/s', 'to bare', 'CPU µs per request', 'to bare', 'p99 ms'),
      ...rows.map(({ name, of }) => guardRow(name, of, bare)),
    ],
    ratios: Object.fromEntries(ratios),
    aims: [],
  };
}

const guardRow = (name: string, of: Throughput | undefined, bare: Throughput | undefined) =>
  row(
    name,
    show(of?.requestsPerSecond),
    show(ratio(of?.requestsPerSecond, bare?.requestsPerSecond), 2),
    show(of?.cpu),
    show(ratio(of?.cpu, bare?.cpu), 2),
    show(of?.p99, 2),
  );
