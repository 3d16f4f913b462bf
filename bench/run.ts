/** `npm run bench`: the service beside a bare express server, in one run, on the loopback interface only. */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Questionnaire } from '../src/fhir/types.ts';
import { accept, accepted, fallenBehind } from './accepted.ts';
import { requestBodies } from './body.ts';
import { measureCore } from './core.ts';
import { measureCurve, reportCurve } from './curve.ts';
import { decideOnce } from './decide-once.ts';
import { expectCards, load } from './load.ts';
import { type AtConnections, alternate, coldStart, residentMemory, targetOf } from './measure.ts';
import { ratiosOf, report } from './report.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const { values: options } = parseArgs({
  options: {
    /** Measures another server in the place of the service, e.g. `node dist/bench/bare-server.js`. */
    'service-command': { type: 'string' },
    questionnaire: { type: 'string', default: 'questionnaires/back-pain-triage.json' },
    bodies: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '4' },
    starts: { type: 'string', default: '5' },
    /** Ends with 1 when a ratio is more than a fifth worse than in bench/accepted.json. */
    check: { type: 'boolean', default: false },
    /** Writes bench/accepted.json. */
    accept: { type: 'boolean', default: false },
  },
});

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const bare = [process.execPath, beside('./bare-server.js')];
/** As `npm start` runs it: a small young generation costs no throughput and saves some 40 MiB. */
const started = [process.execPath, '--max-semi-space-size=8', beside('../src/main.js')];
const service = options['service-command']?.split(' ') ?? started;

const bounded = (text: string, most: number) => Math.min(Math.max(Number(text) || 1, 1), most);
const seconds = bounded(options.seconds, 60);

const questionnaire: Questionnaire = JSON.parse(readFileSync(options.questionnaire, 'utf8'));
const bodies = requestBodies(questionnaire, bounded(options.bodies, 2000), new Date());
const meanKiB = bodies.reduce((sum, { length }) => sum + length, 0) / bodies.length / 1024;
process.stdout.write(
  `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}; ${bodies.length} bodies of ${meanKiB.toFixed(1)} KiB; ` +
    `2 x ${seconds} s at each number of connections\n\n`,
);

const servers: ServerProcess[] = [];
try {
  const starts = bounded(options.starts, 20);
  const cold: [number, number] = [await coldStart(service, starts), await coldStart(bare, starts)];

  for (const command of [service, bare]) servers.push(await startServer(command));
  for (const server of servers) {
    await expectCards(targetOf(server), bodies);
    await load(targetOf(server), bodies, 16, Math.min(seconds, 3));
  }

  const throughput: AtConnections[] = [];
  for (const connections of [1, 16]) throughput.push(await alternate(servers, bodies, connections, seconds));
  const memory = residentMemory(servers);

  const core = measureCore(decideOnce(bodies));
  const measured = { throughput, coldStart: cold, memory, core };
  process.stdout.write(`${report(measured)}\n\n`);
  process.stdout.write(`${reportCurve(measureCurve(questionnaire, new Date()))}\n`);
  if (options.accept) accept(ratiosOf(measured));
  const behind = options.check ? fallenBehind(ratiosOf(measured), accepted()) : [];
  for (const line of behind) process.stdout.write(`Worse: ${line}\n`);
  if (behind.length > 0) process.exitCode = 1;
} finally {
  await Promise.all(servers.map(({ stop }) => stop()));
}
