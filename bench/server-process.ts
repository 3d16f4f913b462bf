/** A server under measurement: a process of its own, on a free loopback port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

const START_WITHIN_MS = 20_000;

/** `coldStartMs` is the time from spawn to the first discovery that was answered. */
export type ServerProcess = { port: number; pid: number; coldStartMs: number; stop: () => Promise<void> };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Where tokens are wanted, a refusal says as well that the application is there. */
const ANSWERS = [200, 401];

const discoveryAnswers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const call = get({ host: '127.0.0.1', port, path: '/cds-services', agent: false, timeout: 2000 }, (response) => {
      response.resume();
      resolve(ANSWERS.includes(response.statusCode ?? 0));
    });
    call.once('timeout', () => call.destroy());
    call.once('error', () => resolve(false));
  });

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), 5000);
  await exit;
  clearTimeout(impatience);
}

/** What each server is started with, so that one process does all; `settings` come after it. */
const COMMON = { HOST: '127.0.0.1', DEMONSTRATION: 'false', CLIENT_TRUST: 'open', WORKERS: '1' };

/** Starts `command` (program and arguments) and waits until discovery answers. @param settings variables of its own */
export async function startServer(
  [program = '', ...args]: string[],
  settings: Record<string, string> = {},
): Promise<ServerProcess> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const DATABASE_URL = process.env.DATABASE_URL ?? `sqlite:${join(folder, 'store.sqlite')}`;
  const env = { ...process.env, ...COMMON, PORT: `${port}`, DATABASE_URL, ...settings };
  let wanted = true;
  const stopAndTidy = async () => {
    wanted = false;
    await stop(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const start = performance.now();
  const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  child.once('exit', (code, signal) => {
    if (wanted) process.stderr.write(`${args.join(' ')} ended with ${code ?? signal} and nobody had stopped it\n`);
  });
  await once(child, 'spawn');
  while (!(await discoveryAnswers(port))) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${child.exitCode} before it answered`);
    if (performance.now() - start > START_WITHIN_MS) {
      await stopAndTidy();
      throw new Error(`${args.join(' ')} did not answer within ${START_WITHIN_MS} ms`);
    }
    await delay(5);
  }
  return { port, pid: child.pid ?? 0, coldStartMs: performance.now() - start, stop: stopAndTidy };
}
