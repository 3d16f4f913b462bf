/** What the service says of its configuration when it starts. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startProcess } from '../harness/service-process.ts';

const SECRETS = {
  ADMIN_TOKEN: 'canary-admin-token-0123456789-0123456789',
  FINGERPRINT_KEY: 'canary-fingerprint-key-0123456789-0123456789',
  // Nobody listens there: the store is lost, and the reason is logged.
  DATABASE_URL: 'postgresql://canary-user:canary-password@127.0.0.1:1/cds?sslpassword=canary-parameter',
};

test('when the service starts then it says what is in force, and no secret', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'shown-')), 'site.json');
  writeFileSync(file, JSON.stringify({ incompletePolicy: 'strict', rulesOff: ['S04'] }));
  const service = await startProcess({ ...SECRETS, SITE_CONFIG_FILE: file, SITE_TIME_ZONE: 'Asia/Tehran' });
  await fetch(`${service.base}/readyz`);
  expect(await service.end('SIGTERM')).toBe(0);
  const lines = service.output.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.find(({ msg }) => msg === 'configuration')?.config).toMatchObject({
    adminToken: '(set)',
    fingerprintKey: '(set)',
    database: 'postgresql://(set)@127.0.0.1:1/cds',
    clientTrust: 'open',
    zone: 'Asia/Tehran',
    bodyLimitBytes: 8_388_608,
    site: { incompletePolicy: 'strict', rulesOff: ['S04'] },
  });
  expect(service.output.filter((line) => line.includes('canary'))).toEqual([]);
});
