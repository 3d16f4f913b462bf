/** A real nginx with the project's own configuration, before two replicas. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';

export const nginxProgram: string | undefined = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((path) => existsSync(path));

type Replicas = [number, number];

/** deploy/nginx/cds.conf with these ports, and without TLS; `out` is the port of a replica that is taken out. */
function configuration(port: number, replicas: Replicas, folder: string, out?: number): string {
  const server = (at: 0 | 1) => `127.0.0.1:${replicas[at]}${replicas[at] === out ? ' down' : ''}`;
  const site = readFileSync('deploy/nginx/cds.conf', 'utf8')
    .replace('127.0.0.1:3001', server(0))
    .replace('127.0.0.1:3002', server(1))
    .replace('listen 443 ssl', `listen 127.0.0.1:${port}`)
    .replace(/^ *ssl_.*$/gm, '');
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const folders = kinds.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join('\n');
  // Started by root, its workers would be somebody who may not enter our folder.
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  return `daemon off; ${user} pid ${folder}/pid; error_log ${folder}/error.log; events {}
    http { access_log off; ${folders}\n${site} }`;
}

/** What a test does with it. */
export type RunningNginx = {
  base: string;
  /** As an operator: marks one replica `down` (none: all are in) and reloads; old workers have ended when it is back. */
  takeOut: (port?: number) => Promise<void>;
  stop: () => Promise<void>;
};

/** Starts it. */
export async function startNginx(replicas: Replicas): Promise<RunningNginx> {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  const port = await freePort();
  const write = (out?: number) => writeFileSync(join(folder, 'nginx.conf'), configuration(port, replicas, folder, out));
  write();
  const child = spawn(nginxProgram ?? '', ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')]);
  const ended = once(child, 'exit');
  const base = `http://127.0.0.1:${port}`;
  for (let tries = 0; !(await fetch(`${base}/livez`).catch(() => undefined)); tries += 1) {
    if (tries > 100) throw new Error('nginx did not start');
    await delay(50);
  }
  return {
    base,
    takeOut: async (out) => {
      const before = workersOf(child.pid);
      write(out);
      child.kill('SIGHUP');
      while (workersOf(child.pid).some((worker) => before.includes(worker))) await delay(20);
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Process ids of its workers (Linux). */
const workersOf = (pid = 0): string[] => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
