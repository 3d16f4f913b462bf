/** Names that lead to private addresses (bar S1): checked on the very answer that is connected to. */
import type { LookupAddress } from 'node:dns';
import { afterEach, describe, expect, test } from '@jest/globals';
import { fhirServers } from '../../src/fhir-server/fhir-servers.ts';
import type { Resolve } from '../../src/outbound/agent.ts';
import { isPrivateAddress } from '../../src/outbound/private-addresses.ts';
import { type StubFhir, sendJson, startStub } from '../harness/stub-fhir.ts';

const open: StubFhir[] = [];
afterEach(async () => {
  for (const stub of open.splice(0)) await stub.close();
});

async function ehr(): Promise<StubFhir & { named: string }> {
  const stub = await startStub((response) => sendJson(response, { resourceType: 'Patient', id: 'p' }));
  open.push(stub);
  return { ...stub, named: stub.base.replace('127.0.0.1', 'fhir.example') };
}

/** A name server that gives these answers, one after another. */
function answering(...answers: string[][]): { resolve: Resolve; asked: string[] } {
  const asked: string[] = [];
  const resolve = (name: string, _options: unknown, callback: (error: null, found: LookupAddress[]) => void): void => {
    const found = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(name);
    callback(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { resolve: resolve as unknown as Resolve, asked };
}

const read = (base: string, privateNetwork: boolean, resolve?: Resolve) =>
  fhirServers(2_000, [], resolve)([{ base, privateNetwork }], { fhirServer: base })?.('Patient/p');

test('when the name leads to where it may then it is read there, over the address that was checked', async () => {
  const { named, asked } = await ehr();
  const names = answering(['127.0.0.1'], ['192.0.2.1']);
  expect(await read(named, true, names.resolve)).toMatchObject({ id: 'p' });
  expect(names.asked).toEqual(['fhir.example']);
  expect(asked).toHaveLength(1);
});

describe('when the name leads to a private address then nobody connects', () => {
  test.each([
    [['127.0.0.1']],
    [['8.8.8.8', '127.0.0.1']],
    [['10.0.0.1']],
    [['169.254.169.254']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['fd00::1']],
    [[]],
  ])('%j', async (addresses) => {
    const { named, asked } = await ehr();
    await expect(read(named, false, answering(addresses).resolve)).rejects.toThrow();
    expect(asked).toEqual([]);
  });

  test('and when it is written as an address then neither', async () => {
    const { base, asked } = await ehr();
    await expect(read(base, false)).rejects.toThrow();
    await expect(read(base.replace('127.0.0.1', '[::ffff:127.0.0.1]'), false)).rejects.toThrow();
    expect(asked).toEqual([]);
  });
});

test.each([
  '0.0.0.0',
  '10.255.255.255',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.168.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:8.8.8.8',
  '::ffff:10.0.0.1',
  '64:ff9b::7f00:1',
  'fc00::1',
  'fdff::1',
  'fe80::1',
  'ff02::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
])('when an address is %s then it is private', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each([
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '192.167.255.255',
  '223.255.255.255',
  '2606:4700::1',
  '2a00:1450:4001::1',
  '2001:4860:4860::8888',
])('when an address is %s then it is public', (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});
