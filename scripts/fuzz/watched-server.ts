/** The service in a process of its own that says, when it is asked, how much memory it holds after all rubbish is gone. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type ServerProcess, startServer } from '../../bench/server-process.ts';

/** In MiB: what JavaScript holds (heap, buffers), and what the process has of the machine. */
export type Memory = { held: number; resident: number };

export type WatchedServer = ServerProcess & { memory: () => Promise<Memory> };

const MIB = 1024 * 1024;
const WITHIN_MS = 30_000;

/** Starts it. */
export async function startWatched(): Promise<WatchedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
  const file = join(folder, 'memory.json');
  const tell = `import { renameSync, writeFileSync } from 'node:fs';
    process.on('SIGUSR2', () => {
      gc();
      gc();
      writeFileSync(${JSON.stringify(`${file}.new`)}, JSON.stringify(process.memoryUsage()));
      renameSync(${JSON.stringify(`${file}.new`)}, ${JSON.stringify(file)});
    });`;
  const main = fileURLToPath(new URL('../../src/main.js', import.meta.url));
  const hook = `data:text/javascript,${encodeURIComponent(tell)}`;
  const server = await startServer([
    process.execPath,
    '--expose-gc',
    '--import',
    hook,
    '--max-semi-space-size=8',
    main,
  ]);

  async function told(): Promise<Memory> {
    rmSync(file, { force: true });
    process.kill(server.pid, 'SIGUSR2');
    for (let waited = 0; waited < WITHIN_MS; waited += 50) {
      await delay(50);
      try {
        const { heapUsed, external, rss } = JSON.parse(readFileSync(file, 'utf8'));
        return { held: (heapUsed + external) / MIB, resident: rss / MIB };
      } catch {
        // Not there yet.
      }
    }
    throw new Error('the service does not say how much memory it holds');
  }

  return {
    ...server,
    memory: async () => {
      // What the first collection lets go of is given back to the machine a little later.
      await told();
      await delay(1_000);
      return told();
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
