/** How far a run is: what is done of what, rate, time left; a bar that is redrawn on a terminal, else a line now and then. */
import { performance } from 'node:perf_hooks';

/** `done` of `of`, in pieces of the work; `count` of what is counted, patients or bytes. */
type Progress = { what: 'read' | 'assessed'; done: number; of: number; count: number; seconds: number };

export type Tell = {
  say: (line: string) => void;
  /** Called as often as there is something new. */
  progress: (progress: Progress) => void;
};

type Stream = { isTTY?: boolean | undefined; write: (text: string) => unknown };

const LINE_EVERY_MS = 2000;
const BAR_EVERY_MS = 100;
const BAR_LENGTH = 24;
/** Back to the start of the line, and nothing on it. */
const CLEAR = '\r\u001b[K';

/** @param clock milliseconds that only grow */
export function tellOn(stream: Stream, clock: () => number = () => performance.now()): Tell {
  const { isTTY = false } = stream;
  let told = Number.NEGATIVE_INFINITY;
  let drawn = '';
  return {
    say: (line) => void stream.write(isTTY ? `${CLEAR}${line}\n${drawn}` : `${line}\n`),
    progress: (progress) => {
      const isEnd = progress.done >= progress.of;
      if (!isEnd && clock() - told < (isTTY ? BAR_EVERY_MS : LINE_EVERY_MS)) return;
      told = clock();
      if (!isTTY) return void stream.write(`${inWords(progress)}\n`);
      drawn = isEnd ? '' : barOf(progress);
      stream.write(`${CLEAR}${isEnd ? `${inWords(progress)}\n` : drawn}`);
    },
  };
}

function barOf(progress: Progress): string {
  const full = Math.floor(shareOf(progress) * BAR_LENGTH);
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_LENGTH - full)}] ${inWords(progress)}`;
}

/** For example: assessed 45 %, 4500 patients, 2210/s, 3 s left. */
function inWords(progress: Progress): string {
  const { what, count, seconds } = progress;
  const share = shareOf(progress);
  const left = share > 0 ? Math.round((seconds * (1 - share)) / share) : undefined;
  const rate = seconds > 0 ? count / seconds : 0;
  const amount = what === 'read' ? `${mib(count)} MiB, ${mib(rate)} MiB/s` : `${count} patients, ${Math.round(rate)}/s`;
  return `${what} ${Math.floor(share * 100)} %, ${amount}${left === undefined ? '' : `, ${left} s left`}`;
}

const shareOf = ({ done, of }: Progress) => (of > 0 ? Math.min(done / of, 1) : 1);
const mib = (bytes: number) => Math.round(bytes / 1024 / 1024);
