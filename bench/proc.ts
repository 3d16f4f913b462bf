/** What the kernel says of a process (Linux /proc); `undefined` elsewhere. */
import { readdirSync, readFileSync } from 'node:fs';

const MICROSECONDS_PER_TICK = 10_000;

function read(pid: number | '.', name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}

/** The fields of `stat` behind the command's closing parenthesis: the first is number 3. */
const fieldsOf = (pid: number): string[] | undefined => {
  const stat = read(pid, 'stat');
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
};

/** User and system time in microseconds: fields 14 and 15. */
export function cpuMicroseconds(pid: number): number | undefined {
  const [user, system] = fieldsOf(pid)?.slice(11, 13).map(Number) ?? [];
  return user === undefined || system === undefined ? undefined : (user + system) * MICROSECONDS_PER_TICK;
}

/** The same with all children that have ended. */
export function cpuWithChildren(pid: number): number | undefined {
  const ticks = fieldsOf(pid)?.slice(11, 15).map(Number);
  return ticks?.reduce((sum, part) => sum + part * MICROSECONDS_PER_TICK, 0);
}

/** Time in microseconds that all cores together were busy since the machine started, whoever kept them so. */
export function busyMicroseconds(): number | undefined {
  const [user = 0, nice = 0, system = 0, _idle, _wait, ...others] =
    read('.', 'stat')
      ?.match(/^cpu +(.*)$/m)?.[1]
      ?.split(' ')
      .map(Number) ?? [];
  const [interrupts = 0, softInterrupts = 0, stolen = 0] = others;
  const ticks = user + nice + system + interrupts + softInterrupts + stolen;
  return ticks === 0 ? undefined : ticks * MICROSECONDS_PER_TICK;
}

/** Resident memory in MiB. */
export function residentMiB(pid: number): number | undefined {
  const kibibytes = read(pid, 'status')?.match(/^VmRSS:\s+(\d+) kB$/m)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
}

/** A process and what it has started, and that has started: field 4 of `stat` is the parent. */
export function processTree(pid: number): number[] {
  const parents = new Map(processes().map((one) => [one, Number(fieldsOf(one)?.[1])]));
  const childrenOf = (one: number): number[] =>
    [...parents].flatMap(([child, parent]) => (parent === one ? [child, ...childrenOf(child)] : []));
  return [pid, ...childrenOf(pid)];
}

function processes(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}
