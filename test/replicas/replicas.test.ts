/** Two processes behind a real nginx on one real PostgreSQL (bar R4, J5): the topology of a hospital. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Ehr, FEEDBACK, post, prepareEhr, SERVICE } from '../../scripts/crash/ehr.ts';
import { nothingSeen, startLoad } from '../../scripts/crash/load.ts';
import { type Card, type CdsResponse, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import { override } from '../harness/feedback.ts';
import { freePort } from '../harness/free-port.ts';
import { nginxProgram, type RunningNginx, startNginx } from '../harness/nginx.ts';
import { postgresPrograms, type RunningPostgres, startPostgres } from '../harness/postgres.ts';
import { requestOf } from '../harness/requests.ts';
import { type ServiceProcess, startProcess } from '../harness/service-process.ts';
import { whenFound } from '../harness/when-found.ts';

/** A level that is not told twice. */
const soon = () =>
  requestOf({
    title: 'repeat control',
    spec: 'C.2-8',
    now: new Date().toISOString(),
    gestation: '24+0',
    located: true,
    form: { base: 'clear', authored: '{{now-1m}}', answers: { severity: 3, nightPain: 'yes' } },
    expect: {},
  });

whenFound('nginx and PostgreSQL', nginxProgram !== undefined && postgresPrograms !== undefined, () => {
  const ehr: Ehr = prepareEhr();
  let postgres: RunningPostgres;
  let nginx: RunningNginx;
  const ports: [number, number] = [0, 0];
  const replicas: ServiceProcess[] = [];
  const start = (at: 0 | 1) => startProcess({ ...ehr.env, PORT: `${ports[at]}`, DATABASE_URL: postgres.url });
  beforeAll(async () => {
    postgres = await startPostgres();
    for (const at of [0, 1] as const) {
      ports[at] = await freePort();
      replicas[at] = await start(at);
    }
    nginx = await startNginx(ports);
  }, 60_000);
  afterAll(async () => {
    await nginx.stop();
    for (const replica of replicas) await replica.end('SIGTERM');
    await postgres.remove();
  }, 60_000);

  const [first, second] = [() => replicas[0]?.base ?? '', () => replicas[1]?.base ?? ''];
  const cardOf = async (base: string, body: unknown): Promise<Card | undefined> => {
    const answer = await post(base, SERVICE, JSON.stringify(body), ehr.token(SERVICE));
    return ((await answer.json()) as CdsResponse).cards[0];
  };

  test('when a token was used through the proxy then every replica refuses it', async () => {
    const token = ehr.token(SERVICE);
    const statusAt = async (base: string) => (await post(base, SERVICE, ehr.bodies[0] ?? '', token)).status;
    expect(await statusAt(nginx.base)).toBe(200);
    for (const base of [first(), second(), nginx.base, nginx.base]) expect(await statusAt(base)).toBe(401);
  });

  test('when a finding is overridden at one replica then the other does not repeat it', async () => {
    const request = soon();
    const shown = (await cardOf(first(), request)) as Card;
    expect(shown.extension[EXTENSION_NAME]).toMatchObject({ level: 'soon' });
    expect(shown.extension[EXTENSION_NAME].overridden).not.toBe(true);
    const said = JSON.stringify({ feedback: [override(shown, new Date().toISOString())] });
    expect((await post(second(), FEEDBACK, said, ehr.token(FEEDBACK))).status).toBe(200);
    for (const base of [second(), first()]) {
      expect((await cardOf(base, request))?.extension[EXTENSION_NAME]).toMatchObject({
        level: 'soon',
        overridden: true,
      });
    }
  });

  test('when replicas are restarted one after the other under load then no request is dropped', async () => {
    const seen = nothingSeen();
    const stop = startLoad(nginx.base, ehr, seen, () => false);
    try {
      for (const at of [0, 1] as const) {
        const served = seen.calls;
        while (seen.calls < served + 10 && seen.faults.length === 0) await delay(5);
        await nginx.takeOut(ports[at]);
        expect(await replicas[at]?.end('SIGTERM')).toBe(0);
        replicas[at] = await start(at);
        await nginx.takeOut();
      }
    } finally {
      await stop();
    }
    expect(seen.faults).toEqual([]);
    expect(seen.refused).toBe(0);
    const kept = await postgres.query('select card, outcome from feedback');
    expect(seen.acknowledged).toHaveLength(new Set(seen.acknowledged).size);
    const known = new Set(kept.map(({ card, outcome }) => `${card} ${outcome}`));
    expect(seen.acknowledged.filter((entry) => !known.has(entry))).toEqual([]);
  }, 90_000);

  test('when it is asked from outside then what is for operators is not there', async () => {
    for (const path of ['/livez', '/readyz', '/metrics']) {
      expect((await fetch(nginx.base + path)).headers.get('server')).toMatch(/nginx/);
      expect((await fetch(nginx.base + path)).status).toBe(404);
    }
  });
});
