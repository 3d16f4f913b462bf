/** What a second core is worth on this machine at this time: virtual cores share much that is not seen. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const MILLISECONDS = 2_000;
/** Work as a batch has it, without memory or disk: text becomes objects. */
const WORK = `
  const text = JSON.stringify(Array.from({ length: 40 }, (_, at) => ({ id: 'x' + at, value: at * 1.5, list: [1, 2, 3] })));
  const end = Date.now() + ${MILLISECONDS};
  let done = 0;
  while (Date.now() < end) { JSON.parse(text); done += 1; }
  process.stdout.write(String(done));`;

/** Work that two processes do at once, to what one does alone; 2 on a machine that has two whole cores to give. */
export async function worthOfTwoCores(): Promise<number> {
  const alone = await work();
  const both = await Promise.all([work(), work()]);
  return both.reduce((sum, done) => sum + done, 0) / alone;
}

async function work(): Promise<number> {
  const child = spawn(process.execPath, ['-e', WORK], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
  });
  await once(child, 'close');
  return Number(said);
}
