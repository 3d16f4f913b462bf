/** Who kept the machine busy: this process and its children are not others. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { reportMachine, watchMachine } from '../../bench/machine.ts';
import { cpuWithChildren } from '../../bench/proc.ts';
import { whenFound } from '../harness/when-found.ts';

whenFound('the /proc of Linux', existsSync('/proc/self/stat'), () => {
  test('when a child has ended then its time counts as ours', () => {
    const before = cpuWithChildren(process.pid) ?? 0;
    const others = watchMachine();
    spawnSync(process.execPath, ['-e', 'const end = Date.now() + 500; while (Date.now() < end);']);
    // Half a second of work, less where others need the core too.
    expect((cpuWithChildren(process.pid) ?? 0) - before).toBeGreaterThan(100_000);
    expect(others()).toBeGreaterThanOrEqual(0);
  });
});

test.each([
  [0.1, 'Others kept 0.10 of'],
  [0.11, 'not those of a quiet machine'],
  [undefined, 'Others kept n/a of'],
])('when others kept %d cores busy then it is said', (cores, said) => {
  expect(reportMachine(cores)).toContain(said);
  expect(reportMachine(cores).includes('quiet')).toBe(cores === 0.11);
});
