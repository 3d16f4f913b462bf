/** What the kernel says of real processes (Linux). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { cpuMicroseconds, processTree, residentMiB } from '../../bench/proc.ts';
import { whenFound } from '../harness/when-found.ts';

const GRANDCHILD = `process.stdout.write('x'); setInterval(() => {}, 1e6)`;
const CHILD = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(GRANDCHILD)}], { stdio: 'inherit' }); setInterval(() => {}, 1e6)`;

whenFound('the /proc of Linux', existsSync('/proc/self/stat'), () => {
  test('when a process has started another, and that a third, then the tree has all of them', async () => {
    const child = spawn(process.execPath, ['-e', CHILD], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    const [parent, ...others] = processTree(child.pid ?? 0);
    try {
      expect([parent, others.length]).toEqual([child.pid, 1]);
      for (const pid of [child.pid ?? 0, ...others]) {
        expect(cpuMicroseconds(pid)).toBeGreaterThan(0);
        expect(residentMiB(pid)).toBeGreaterThan(10);
      }
      expect(processTree(process.pid)).toEqual(expect.arrayContaining([child.pid, ...others]));
    } finally {
      for (const pid of others) process.kill(pid);
      child.kill();
    }
  });
});

test('when there is no such process then nothing is known of it', () => {
  expect([cpuMicroseconds(0x7fffffff), residentMiB(0x7fffffff)]).toEqual([undefined, undefined]);
});
