/** The service as it is started: a process of its own, from the build. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export type ServiceProcess = {
  base: string;
  pid: number;
  /** What it has written, line by line. */
  output: readonly string[];
  signal: (name: NodeJS.Signals) => void;
  /** Sends a signal and waits for the end. @returns the exit code, or the signal that ended it */
  end: (signal: NodeJS.Signals) => Promise<number | NodeJS.Signals | null>;
};

/** Starts the build with this environment; ready when it says that it listens. */
export async function startProcess(env: Record<string, string>): Promise<ServiceProcess> {
  const child: ChildProcess = spawn(process.execPath, ['dist/src/main.js'], {
    env: { PATH: process.env.PATH, PORT: '0', DEMONSTRATION: 'false', OVERLOAD_LAG_MS: '60000', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const [code, by] = await ended;
    return code ?? by;
  };
  if (!child.stdout) throw new Error('the process has no output');
  const output: string[] = [];
  const base = new Promise<string>((resolve) => {
    // The log goes on being read, or the process would wait for a reader.
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      output.push(line);
      // The demonstration says welcome in words.
      if (!line.startsWith('{')) return;
      const { msg, base } = JSON.parse(line) as { msg: string; base: string };
      if (msg === 'listening') resolve(base);
    });
  });
  const started = await Promise.race([base, ended.then(([code]) => new Error(`ended with ${code}; is it built?`))]);
  if (started instanceof Error) throw started;
  return { base: started, pid: child.pid ?? 0, output, signal: (name) => child.kill(name), end };
}
