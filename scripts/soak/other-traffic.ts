/** What comes beside calls and feedback: scrapes, pages, discovery, and requests that are refused. */
import { bearer } from '../../test/harness/ehr.ts';
import { type Ehr, FEEDBACK, SERVICE } from '../crash/ehr.ts';

export const ADMIN_TOKEN = 'a-token-of-the-soak-with-32-letters';

type Wanted = { path: string; status: number; token?: string; body?: string };

const json = JSON.stringify;

/** One of each kind, with the status that it must be answered with. */
const kinds = (ehr: Ehr): Wanted[] => [
  { path: '/metrics', status: 200, token: ADMIN_TOKEN },
  { path: '/admin/feedback', status: 200, token: ADMIN_TOKEN },
  { path: '/metrics', status: 401, token: 'another-token-of-the-soak-with-letters' },
  { path: '/readyz', status: 200 },
  { path: '/form-api/start', status: 200 },
  { path: '/cds-services', status: 200, token: ehr.token('/cds-services') },
  { path: '/nowhere', status: 404 },
  { path: SERVICE, status: 401, body: '{}' },
  { path: SERVICE, status: 400, token: ehr.token(SERVICE), body: '{"hook":' },
  { path: SERVICE, status: 400, token: ehr.token(SERVICE), body: json({ hook: 'patient-view' }) },
  { path: FEEDBACK, status: 400, token: ehr.token(FEEDBACK), body: json({ feedback: [] }) },
];

/** Asks one after the other until it is stopped. @returns what was answered otherwise, and how much was asked */
export function startOtherTraffic(base: string, ehr: Ehr) {
  const faults: string[] = [];
  let asked = 0;
  let working = true;
  const work = async () => {
    while (working) {
      for (const { path, status, token, body } of kinds(ehr)) {
        const answer = await fetch(base + path, {
          method: body === undefined ? 'GET' : 'POST',
          headers: { 'content-type': 'application/json', connection: 'close', ...(token && bearer(token)) },
          ...(body !== undefined && { body }),
        });
        await answer.arrayBuffer();
        asked += 1;
        if (answer.status !== status) faults.push(`${path} was answered with ${answer.status}, not ${status}`);
      }
    }
  };
  const ended = work();
  const stop = async () => {
    working = false;
    await ended;
    return { faults, asked };
  };
  return stop;
}
