/** `npm run fuzz`: mutations of good requests at every hook against the service in a process of its own; seeded and bounded. */
import { parseArgs } from 'node:util';
import { sendRaw } from '../test/harness/raw-http.ts';
import { faultOfAnswer } from './fuzz/fault-of-answer.ts';
import { goodRequests } from './fuzz/good-requests.ts';
import { memoryFaults, memoryLine } from './fuzz/memory-faults.ts';
import { mutateRequest } from './fuzz/mutate-request.ts';
import { random } from './fuzz/random.ts';
import { type Memory, startWatched } from './fuzz/watched-server.ts';

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '10000' },
    /** Sends the mutant of a fault that was reported, and nothing else. */
    only: { type: 'string' },
  },
});
const seed = Number(options.seed) || 1;
const count = Math.min(Number(options.count) || 1, 1_000_000);
const AT_ONCE = 8;
const ROUNDS = 4;
const JSON_BODY = { 'content-type': 'application/json' };

const server = await startWatched();
const base = `http://127.0.0.1:${server.port}`;
const faults: string[] = [];
const statuses = new Map<number, number>();

try {
  const { services } = JSON.parse((await sendRaw(base, { method: 'GET', path: '/cds-services' })).text);
  const good = goodRequests(services);
  if (options.only !== undefined) await send(Number(options.only));
  else await fuzzAll();

  async function send(one: number): Promise<void> {
    const { path, text } = good[one % good.length] ?? { path: '/', text: '{}' };
    // A connection of its own: one that ends between two requests is no fault.
    const request = { method: 'POST', path, ...mutateRequest(text, random(one)) };
    const answer = await sendRaw(base, request).catch((error) => ({ status: 599, text: String(error) }));
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const fault = faultOfAnswer(answer.status, answer.text);
    if (fault !== undefined) faults.push(`--only ${one}: ${fault}`);
  }

  async function fuzz(from: number, number: number): Promise<void> {
    for (let at = 0; at < number; at += AT_ONCE) {
      const ones = Array.from({ length: Math.min(AT_ONCE, number - at) }, (_, offset) => from + at + offset);
      await Promise.all(ones.map(send));
    }
  }

  /** What cards decide about charts of the same age: their extensions hold the level and the rules. */
  async function advice(): Promise<string> {
    let said = '';
    for (const { path, text } of goodRequests(services).slice(0, 40)) {
      const answer = await sendRaw(base, { method: 'POST', path, headers: JSON_BODY, body: text });
      const { cards } = JSON.parse(answer.text) as { cards: { extension: unknown }[] };
      said += JSON.stringify(cards.map(({ extension }) => extension));
    }
    return said;
  }

  async function fuzzAll(): Promise<void> {
    const before = await advice();
    // The first mutants warm the process up; their answers count as well.
    await fuzz(seed * 1_000_000 + count, Math.ceil(count / 2));
    const warm = await server.memory();
    const rounds: Memory[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const from = Math.round((round * count) / ROUNDS);
      await fuzz(seed * 1_000_000 + from, Math.round(((round + 1) * count) / ROUNDS) - from);
      rounds.push(await server.memory());
    }
    if ((await advice()) !== before) faults.push('good requests are answered otherwise than before');
    faults.push(...memoryFaults(warm, rounds));
    process.stdout.write(`${memoryLine(warm, rounds)}\n`);
  }
} finally {
  await server.stop();
}
const table = [...statuses].sort(([a], [b]) => a - b).map(([status, number]) => `${status}: ${number}`);
process.stdout.write(`${table.join(', ')}; ${faults.length} faults\n`);
for (const fault of faults.slice(0, 20)) process.stdout.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
