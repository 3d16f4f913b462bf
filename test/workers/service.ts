/** A service of two workers, and what is said of it from outside. */
import { mkdtempSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type ServiceProcess, startProcess } from '../harness/service-process.ts';

const TOKEN = 'a-token-of-thirty-two-characters';

export const ENVIRONMENT = () => ({
  WORKERS: '2',
  DATABASE_URL: `sqlite:${join(mkdtempSync(join(tmpdir(), 'workers-')), 'store.sqlite')}`,
  ADMIN_TOKEN: TOKEN,
});

/** Starts it, and waits until both workers serve. */
export async function startWorkers(env: Record<string, string> = {}): Promise<ServiceProcess> {
  const service = await startProcess({ ...ENVIRONMENT(), ...env });
  await until(async () => (await workersServing(service)) === 2);
  return service;
}

type Line = { msg: string; worker?: number; pid: number; route?: string; status?: number; signal?: string };

export const linesOf = ({ output }: ServiceProcess): Line[] =>
  output.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line);

/** Process ids by the number of the worker; the last one that had it. */
export const pidsOf = (service: ServiceProcess): Map<number, number> =>
  new Map(linesOf(service).flatMap(({ worker, pid, msg }) => (worker && msg === 'listening' ? [[worker, pid]] : [])));

type Call = { path: string; body?: unknown; headers?: Record<string, string>; agent?: Agent };

/** On a connection of its own, unless an agent keeps some: who answers it is the turn of the workers. */
export function ask({ base }: ServiceProcess, { path, body, headers = {}, agent }: Call) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const sent = { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const call = request(base + path, { method, headers: sent, agent: agent ?? new Agent() }, (response) => {
      const pieces: string[] = [];
      response.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text: pieces.join('') }));
      response.once('error', reject);
    });
    call.setTimeout(30_000, () => call.destroy(new Error('no answer within 30 s')));
    call.once('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

export async function metricsOf(service: ServiceProcess): Promise<string> {
  const { status, text } = await ask(service, {
    path: '/metrics',
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  if (status !== 200) throw new Error(`${status}: ${text}`);
  return text;
}

export const workersServing = async (service: ServiceProcess): Promise<number> =>
  Number(/^cds_workers (\d+)$/m.exec(await metricsOf(service))?.[1]);

export async function until(isTrue: () => Promise<boolean> | boolean, seconds = 40): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await delay(50)) if (await isTrue()) return;
  throw new Error(`not within ${seconds} s: ${isTrue}`);
}
