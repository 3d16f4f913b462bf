/** What the kernel says of a process (Linux /proc); `undefined` elsewhere. */
import { readFileSync } from 'node:fs';

const MICROSECONDS_PER_TICK = 10_000;

function read(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}

/** User and system time in microseconds: fields 14 and 15 of `stat`, counted after the command's closing parenthesis. */
export function cpuMicroseconds(pid: number): number | undefined {
  const stat = read(pid, 'stat');
  const [user, system] =
    stat
      ?.slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number) ?? [];
  return user === undefined || system === undefined ? undefined : (user + system) * MICROSECONDS_PER_TICK;
}

/** Resident memory in MiB. */
export function residentMiB(pid: number): number | undefined {
  const kibibytes = read(pid, 'status')?.match(/^VmRSS:\s+(\d+) kB$/m)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
}
