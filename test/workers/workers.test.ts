/** WORKERS=2: one service in two processes, on one port and one database (docs/operations.md "Workers"). */
import { Agent } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EMERGENCY, requestOf, SERVICE } from '../harness/requests.ts';
import type { ServiceProcess } from '../harness/service-process.ts';
import { ask, linesOf, metricsOf, pidsOf, startWorkers, until, workersServing } from './service.ts';

const call = () => ({ path: SERVICE, body: requestOf(EMERGENCY) });
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('two workers', () => {
  let service: ServiceProcess;
  beforeAll(async () => {
    service = await startWorkers();
  }, 60_000);
  afterAll(() => service.end('SIGTERM'));

  test('answer in turn, and their metrics are one text in which each has its series', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(service, call())));
    expect(answers.filter(({ status, text }) => status !== 200 || !text.includes('emergency'))).toEqual([]);
    const text = await metricsOf(service);
    const counted = [...text.matchAll(/^cds_call_seconds_count\{.*worker="(\d)".*\} (\d+)$/gm)];
    expect(counted.map(([, worker]) => worker).sort()).toEqual(['1', '2']);
    expect(counted.map(([, , calls]) => Number(calls)).reduce((a, b) => a + b)).toBe(20);
    // Each metric is described once, as Prometheus wants it.
    const described = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(new Set(described).size).toBe(described.length);
    expect(text).toMatch(/^cds_workers_replaced_total 0$/m);
  });

  test('when one is killed then the other goes on, and another takes its place', async () => {
    const before = pidsOf(service);
    process.kill(before.get(1) ?? 0, 'SIGKILL');
    await until(() => linesOf(service).some(({ msg }) => msg === 'a worker has ended'));
    const { status } = await ask(service, call());
    expect(status).toBe(200);
    await until(async () => (await workersServing(service)) === 2);
    const after = pidsOf(service);
    expect(after.get(1)).not.toBe(before.get(1));
    expect(after.get(2)).toBe(before.get(2));
    expect(await metricsOf(service)).toMatch(/^cds_workers_replaced_total 1$/m);
    const calls = await Promise.all(Array.from({ length: 10 }, () => ask(service, call())));
    expect(calls.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const said = linesOf(service).find(({ msg }) => msg === 'a worker has ended');
    expect(said).toMatchObject({ worker: 1, signal: 'SIGKILL' });
  }, 60_000);

  test('when one hangs then it is killed and replaced', async () => {
    const pid = pidsOf(service).get(2) ?? 0;
    process.kill(pid, 'SIGSTOP');
    await until(() => linesOf(service).some(({ msg }) => msg.startsWith('a worker does not answer')));
    await until(() => !isAlive(pid));
    await until(async () => (await workersServing(service).catch(() => 0)) === 2);
    expect(pidsOf(service).get(2)).not.toBe(pid);
  }, 90_000);

  test('when the process above them is told to end then calls are finished and nobody is left', async () => {
    const pids = [...pidsOf(service).values()];
    const faults: unknown[] = [];
    let [calls, told] = [0, 0];
    const client = async (agent: Agent) => {
      for (;;) {
        const begun = Date.now();
        const fault = await ask(service, { ...call(), agent }).then(
          ({ status }) => (status === 200 ? undefined : status),
          (error: unknown) => error,
        );
        // For a second it goes on listening; who comes later may find nobody.
        if (fault !== undefined && told > 0 && begun > told + 500) return;
        if (fault !== undefined) faults.push(fault);
        calls += 1;
      }
    };
    const clients = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true }), new Agent(), new Agent()].map(
      client,
    );
    await until(() => calls > 20);
    told = Date.now();
    expect(await service.end('SIGTERM')).toBe(0);
    await Promise.all(clients);
    expect(faults).toEqual([]);
    expect(pids.filter(isAlive)).toEqual([]);
  }, 60_000);
});
