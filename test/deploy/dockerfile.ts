/** Runs what a Dockerfile says on this machine: each stage in a folder of its own. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export type Instruction = { word: string; rest: string };

/** What the last stage leaves: its files, its environment, and how it is started. */
export type BuiltImage = {
  folder: string;
  env: Record<string, string>;
  user: string | undefined;
  command: string[];
  healthCheck: string[];
};

type Stage = { root: string; workdir: string; env: Record<string, string>; found: Map<string, string> };

/** Instructions in their order; comments and continued lines are resolved. */
export function readDockerfile(path: string): Instruction[] {
  return readFileSync(path, 'utf8')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
      return { word, rest };
    });
}

/** Builds every stage under `folder` from the build context. @throws Error when a command fails or is not understood */
export function buildNatively(instructions: Instruction[], context: string, folder: string): BuiltImage {
  const stages = new Map<string, Stage>();
  let stage: Stage = { root: folder, workdir: '/', env: {}, found: new Map() };
  for (const { word, rest } of instructions) {
    if (word === 'FROM') {
      const [, image = '', name = `${stages.size}`] = /^(\S+)(?: AS (\w+))?$/.exec(rest) ?? [];
      if (!/^node:20\b/.test(image)) throw new Error(`this machine is no ${image}`);
      stage = { root: join(folder, name), workdir: '/', env: {}, found: new Map() };
      mkdirSync(stage.root);
      stages.set(name, stage);
    } else take(stage, word, rest, context, stages);
  }
  const json = (word: string): string[] => JSON.parse(/\[.*\]$/.exec(stage.found.get(word) ?? '[]')?.[0] ?? '[]');
  return {
    folder: join(stage.root, stage.workdir),
    env: stage.env,
    user: stage.found.get('USER'),
    command: json('CMD'),
    healthCheck: json('HEALTHCHECK'),
  };
}

function take(stage: Stage, word: string, rest: string, context: string, stages: Map<string, Stage>): void {
  const here = join(stage.root, stage.workdir);
  switch (word) {
    case 'WORKDIR':
      stage.workdir = rest;
      mkdirSync(join(stage.root, rest), { recursive: true });
      return;
    case 'ENV': {
      const [, name = '', value = ''] = /^(\w+)=(\S+)$/.exec(rest) ?? [];
      stage.env[name] = value;
      return;
    }
    case 'RUN':
      // What `npm ci` needs has just been fetched for the tests themselves.
      execFileSync('sh', ['-c', rest], {
        cwd: here,
        stdio: 'pipe',
        env: { ...process.env, NODE_OPTIONS: '', npm_config_prefer_offline: 'true', npm_config_audit: 'false' },
      });
      return;
    case 'COPY':
      copy(rest, here, context, stages);
      return;
    default:
      stage.found.set(word, rest);
  }
}

function copy(rest: string, here: string, context: string, stages: Map<string, Stage>): void {
  const [, from, paths = ''] = /^(?:--from=(\w+) )?(.*)$/.exec(rest) ?? [];
  const [target = '', ...sources] = paths.split(/\s+/).reverse();
  for (const source of sources) {
    const root = from === undefined ? context : (stages.get(from)?.root ?? `no stage ${from}`);
    const to = target.endsWith('/') ? join(here, target, basename(source)) : join(here, target);
    cpSync(join(root, source), to, { recursive: true, verbatimSymlinks: true });
  }
}
