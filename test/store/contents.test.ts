/** What a copy of the database tells: nothing of a patient, no token (bar S3). */
import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { CdsResponse } from '../../src/cds-hooks/card.ts';
import { onEachDatabase, openReplica } from '../harness/databases.ts';
import { bearer, claimsFor, ecKeys, jwksFile, tokenOf, trusting } from '../harness/ehr.ts';
import { acceptance, FEEDBACK } from '../harness/feedback.ts';
import { EMERGENCY, requestOf, SERVICE, topics } from '../harness/requests.ts';
import { startService } from '../harness/service.ts';

const CANARY = 'kanarienvogel';
const CALLS = 20;
const ec = ecKeys('key-1');

const marked = (hook: string, at: number) =>
  JSON.stringify({
    ...requestOf(EMERGENCY, { hook }),
    fhirServer: `https://${CANARY}.example/fhir`,
    fhirAuthorization: { access_token: CANARY, token_type: 'Bearer', expires_in: 300, scope: CANARY, subject: CANARY },
  })
    .replaceAll('case-patient', `${CANARY}-${at}`)
    .replaceAll('"text":"', `"text":"${CANARY} `);

onEachDatabase((database) => {
  test('when calls and feedback are full of what must not be kept then no row of any table holds it', async () => {
    const store = await openReplica(database().url);
    const service = await startService({
      topics,
      store,
      config: { ...trusting({ jwksFile: jwksFile(ec) }), audit: true },
    });
    const post = (path: string, body: string) =>
      fetch(service.base + path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...bearer(tokenOf(ec, claimsFor(path, { jti: `${CANARY}-${randomUUID()}` }))),
        },
        body,
      });
    for (let at = 0; at < CALLS; at += 1) {
      const response = await post(SERVICE, marked('patient-view', at));
      const { cards } = (await response.json()) as CdsResponse;
      const feedback = cards.map((card) => ({ ...acceptance(card), extension: { [CANARY]: CANARY } }));
      expect((await post(FEEDBACK, JSON.stringify({ feedback }))).status).toBe(200);
    }
    await service.close();
    await store.close();
    const rows = await Promise.all(
      ['issued_card', 'feedback', 'used_token', 'secret'].map((table) => database().query(`select * from ${table}`)),
    );
    expect(rows.map(({ length }) => length)).toEqual([CALLS, CALLS, 2 * CALLS, 1]);
    const audit = await database().query('select * from audit_event');
    expect(audit).toHaveLength(CALLS);
    // Whose data were used is what an audit is for: the id, and nothing beside it.
    const beside = JSON.stringify(audit).replace(new RegExp(`Patient/${CANARY}-\\d+`, 'g'), '');
    expect(beside).not.toMatch(new RegExp(`${CANARY}|eyJhbGci|1996-02-03`, 'i'));
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${CANARY}|eyJhbGci|1996-02-03`, 'i'));
  });
});
