/** `npm run fuzz`: mutations of good requests at every hook against the service in a process of its own; seeded and bounded. */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { requestBodies } from '../bench/body.ts';
import { residentMiB } from '../bench/proc.ts';
import { startServer } from '../bench/server-process.ts';
import { faultOfAnswer } from './fuzz/fault-of-answer.ts';
import { contextFields } from './fuzz/hook-contexts.ts';
import { mutateRequest } from './fuzz/mutate-request.ts';
import { random } from './fuzz/random.ts';

const { values: options } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '10000' } },
});
const seed = Number(options.seed) || 1;
const count = Math.min(Number(options.count) || 1, 1_000_000);
const AT_ONCE = 8;
const MOST_GROWTH = 1.1;

const questionnaire = JSON.parse(readFileSync('questionnaires/back-pain-triage.json', 'utf8'));
const main = fileURLToPath(new URL('../src/main.js', import.meta.url));
const collect = 'data:text/javascript,process.on("SIGUSR2",()=>gc())';
const server = await startServer([
  process.execPath,
  '--expose-gc',
  '--import',
  collect,
  '--max-semi-space-size=8',
  main,
]);
const base = `http://127.0.0.1:${server.port}`;
const faults: string[] = [];
const statuses = new Map<number, number>();

try {
  const { services } = (await (await fetch(`${base}/cds-services`)).json()) as {
    services: { id: string; hook: string }[];
  };
  const goodRequests = () =>
    services.flatMap(({ id, hook }) =>
      requestBodies(questionnaire, 20, new Date()).map((bytes) => {
        const body = JSON.parse(bytes.toString());
        const context = { ...body.context, ...contextFields(hook, body.context.patientId) };
        return { path: `/cds-services/${id}`, text: JSON.stringify({ ...body, hook, context }) };
      }),
    );
  const good = goodRequests();

  async function post(path: string, body: string | Buffer, headers: Record<string, string>) {
    const response = await fetch(base + path, { method: 'POST', headers, body: body as string });
    return { status: response.status, text: await response.text() };
  }
  const json = { 'content-type': 'application/json' };
  /** What cards decide about charts of the same age: their extensions hold the level and the rules. */
  const advice = async () => {
    let said = '';
    for (const { path, text } of goodRequests().slice(0, 40)) {
      const { cards } = JSON.parse((await post(path, text, json)).text) as { cards: { extension: unknown }[] };
      said += JSON.stringify(cards.map(({ extension }) => extension));
    }
    return said;
  };

  async function fuzz(from: number, number: number): Promise<void> {
    for (let at = 0; at < number; at += AT_ONCE) {
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, number - at) }, async (_, offset) => {
          const one = from + at + offset;
          const { path, text } = good[one % good.length] ?? { path: '/', text: '{}' };
          const { body, headers } = mutateRequest(text, random(one));
          const answer = await post(path, body, headers).catch((error) => ({
            status: 599,
            text: String(error.cause ?? error),
          }));
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          const fault = faultOfAnswer(answer.status, answer.text);
          if (fault !== undefined) faults.push(`seed ${one}: ${fault}`);
        }),
      );
    }
  }

  async function memory(): Promise<number> {
    process.kill(server.pid, 'SIGUSR2');
    await delay(500);
    process.kill(server.pid, 'SIGUSR2');
    await delay(1_000);
    return residentMiB(server.pid) ?? 0;
  }

  const before = await advice();
  // The first mutants warm the process up; they count as well.
  await fuzz(seed * 1_000_000 + count, Math.ceil(count / 2));
  const baseline = await memory();
  await fuzz(seed * 1_000_000, count);
  const after = await memory();
  if ((await advice()) !== before) faults.push('good requests are answered otherwise than before');
  if (after > baseline * MOST_GROWTH)
    faults.push(`memory: ${baseline.toFixed(0)} MiB before, ${after.toFixed(0)} MiB after`);

  const table = [...statuses].sort(([a], [b]) => a - b).map(([status, number]) => `${status}: ${number}`);
  process.stdout.write(
    `${good.length} good requests, hooks ${[...new Set(services.map(({ hook }) => hook))].join(', ')}\n`,
  );
  process.stdout.write(
    `${table.join(', ')}; memory ${baseline.toFixed(0)} -> ${after.toFixed(0)} MiB; ${faults.length} faults\n`,
  );
} finally {
  await server.stop();
}
for (const fault of faults.slice(0, 20)) process.stdout.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
