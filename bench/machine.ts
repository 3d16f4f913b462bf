/** Whether the machine was ours: what others did meanwhile makes every figure worse. */
import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { show } from './figures.ts';
import { busyMicroseconds, cpuWithChildren } from './proc.ts';

/** More than this is no quiet machine. */
const MOST_CORES = 0.1;

const now = () => ({ busy: busyMicroseconds(), own: cpuWithChildren(process.pid), at: performance.now() });

/** @returns to be called when all children have ended: the cores that others kept busy since then */
export function watchMachine(): () => number | undefined {
  const start = now();
  return () => {
    const end = now();
    if (start.busy === undefined || end.busy === undefined) return undefined;
    if (start.own === undefined || end.own === undefined) return undefined;
    const others = end.busy - start.busy - (end.own - start.own);
    return Math.max(0, others) / 1000 / (end.at - start.at);
  };
}

export function reportMachine(coresOfOthers: number | undefined): string {
  const said = `Others kept ${show(coresOfOthers, 2)} of ${cpus().length} cores busy`;
  return (coresOfOthers ?? 0) > MOST_CORES ? `${said}: the figures are not those of a quiet machine.` : `${said}.`;
}
