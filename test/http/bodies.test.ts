/** Bodies as bytes (bar I2, I4): what is read, what is refused, and that nothing said twice or by name changes anything. */

import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CdsResponse } from '../../src/cds-hooks/card.ts';
import { EMERGENCY, levelOf, MILD, requestOf, SERVICE, topics, withoutUuids } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

const LIMIT = 2_000_000;
const good = requestOf(EMERGENCY);
const text = JSON.stringify(good);
let service: RunningService;
let wanted: unknown;
beforeAll(async () => {
  service = await startService({ topics, config: { bodyLimitBytes: LIMIT } });
  wanted = withoutUuids(await service.call(good));
});
afterAll(() => service.close());

const send = (body: string | Buffer, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${service.base}${SERVICE}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body as NonNullable<RequestInit['body']>,
  });

async function expectCards(response: Response): Promise<void> {
  expect(response.status).toBe(200);
  expect(withoutUuids(await response.json())).toEqual(wanted);
}

async function expectRefusal(response: Response, status: number): Promise<void> {
  const answer = await response.text();
  expect([response.status, JSON.parse(answer).resourceType]).toEqual([status, 'OperationOutcome']);
  expect(answer).not.toContain('case-patient');
}

describe('compressed bodies', () => {
  test.each<[string, (body: string) => Buffer]>([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('when a body is %s then it is read, a bomb is not', async (encoding, compress) => {
    const headers = { 'content-encoding': encoding };
    await expectCards(await send(compress(text), headers));
    const bomb = compress(`{"hook":"${' '.repeat(50_000_000)}"}`);
    expect(bomb.length).toBeLessThan(LIMIT);
    await expectRefusal(await send(bomb, headers), 413);
    await expectRefusal(await send(compress(text).subarray(0, 300), headers), 400);
    await expectRefusal(await send(Buffer.from(text), headers), 400);
  });

  test('when it is compressed twice, or so named, then it is refused', async () => {
    await expectRefusal(await send(gzipSync(gzipSync(text)), { 'content-encoding': 'gzip, gzip' }), 415);
    await expectRefusal(await send(gzipSync(gzipSync(text)), { 'content-encoding': 'gzip' }), 400);
    await expectRefusal(await send(text, { 'content-encoding': 'constructor' }), 415);
  });
});

describe('size', () => {
  const padded = (bytes: number) => {
    const body = JSON.stringify({ ...good, extension: { padding: '' } });
    return body.replace('"padding":""', `"padding":"${'x'.repeat(bytes - Buffer.byteLength(body))}"`);
  };

  test('when a body has as many bytes as are read then it is read, one more is refused', async () => {
    await expectCards(await send(padded(LIMIT)));
    await expectRefusal(await send(padded(LIMIT + 1)), 413);
  });

  test('when a body without a length grows too large then it is refused', async () => {
    const chunks = new ReadableStream({
      start: (stream) => {
        for (let at = 0; at < 40; at += 1) stream.enqueue(Buffer.alloc(65_536, ' '));
        stream.close();
      },
    });
    const response = await fetch(`${service.base}${SERVICE}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: chunks,
      duplex: 'half',
    } as RequestInit);
    await expectRefusal(response, 413);
  });

  test('when a body holds 400,000 objects and lists then it is read, one more is refused', async () => {
    const own = text.match(/[{[]/g)?.length ?? 0;
    const lists = (number: number) => text.replace(/}$/, `,"extension":{"x":[${'[],'.repeat(number)}0]}}`);
    const inStrings = text.replace(/}$/, `,"extension":{"x":"${'[{'.repeat(300_000)}"}}`);
    await expectCards(await send(lists(400_000 - own - 2)));
    await expectRefusal(await send(lists(400_000 - own - 1)), 413);
    await expectCards(await send(inStrings));
  });
});

describe('bytes', () => {
  test('when a body begins with a byte order mark then it is read', async () => {
    await expectCards(await send(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])));
  });

  test.each<[string, Buffer]>([
    ['bytes that are no UTF-8', Buffer.from(text.replace('case-patient', 'case\u00e9'), 'latin1')],
    [
      'a surrogate in UTF-8',
      Buffer.concat([Buffer.from('{"hook":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
    ],
    ['UTF-16', Buffer.from(text, 'utf16le')],
    ['NaN', Buffer.from(text.replace(/}$/, ',"extension":{"x":NaN}}'))],
    ['Infinity', Buffer.from(text.replace(/}$/, ',"extension":{"x":-Infinity}}'))],
    ['a comment', Buffer.from(`/* */${text}`)],
    ['a comma too many', Buffer.from(text.replace(/}$/, ',}'))],
    ['two documents', Buffer.from(text + text)],
    ['control characters', Buffer.from(text.replace('case-patient', 'case\u0000'))],
    ['an open string', Buffer.from(`{"hook":"${'\\'.repeat(1_001)}"`)],
    ['closing brackets', Buffer.from(']'.repeat(100_000))],
  ])('when it holds %s then it is refused', async (_, body) => expectRefusal(await send(body), 400));

  test('when strings hold half characters then the cards are well-formed', async () => {
    const odd = JSON.stringify(requestOf({ ...EMERGENCY, title: 'x' })).replaceAll(
      '"text":"',
      '"text":"\\ud800\\udc00\\udbff',
    );
    const response = await send(odd);
    const { cards } = (await response.json()) as CdsResponse;
    expect(levelOf(cards)).toBe('emergency');
    expect(JSON.stringify(cards)).not.toMatch(/\\ud[89a-f]/i);
  });
});

describe('members that stand twice', () => {
  const { context, prefetch } = good;
  const twice = (member: string, first: unknown, last: unknown) =>
    text.replace(`"${member}":`, `"${member}":${JSON.stringify(first)},"${member}":`).replace('LAST', `${last}`);

  test.each<[string, string]>([
    ['the hook', twice('hook', 'patient-view', '')],
    ['the context', twice('context', { ...context, patientId: 'somebody-else' }, '')],
    ['the patient of the context', twice('patientId', 'somebody-else', '')],
    ['the prefetch', twice('prefetch', {}, '')],
    ['a prefetch key', text.replace('"prefetch":{', `"prefetch":{"responses":null,`)],
    [
      'the context, once escaped',
      text.replace('"context":', '"conte\\u0078t":{"patientId":"somebody-else"},"context":'),
    ],
  ])('when it is %s then the request is refused', async (_, body) => {
    expect(body).not.toBe(text);
    await expectRefusal(await send(body), 400);
  });

  test('when it is deeper in a resource then the last one counts, as for every JSON parser', async () => {
    const mild = JSON.stringify(requestOf(MILD).prefetch.responses);
    const both = JSON.stringify(prefetch.responses).replace(
      '"resourceType":"Bundle"',
      `"resourceType":"Basic","resourceType":"Bundle"`,
    );
    const body = text.replace(JSON.stringify(prefetch.responses), both);
    expect(body).not.toBe(text);
    await expectCards(await send(body));
    expect(
      levelOf(
        ((await (await send(text.replace(JSON.stringify(prefetch.responses), mild))).json()) as CdsResponse).cards,
      ),
    ).not.toBe('emergency');
  });
});

describe('members named like those of every object', () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];
  const values = [
    '{"polluted":true}',
    '{"prototype":{"polluted":true}}',
    '{"fhirServer":"https://evil.example","prefetch":{},"patientId":"somebody-else","resourceType":"Patient","entry":[],"status":"entered-in-error"}',
    'null',
    '"text"',
    '[]',
  ];
  const places = [
    '{',
    '"context":{',
    '"prefetch":{',
    '"patient":{',
    '"responses":{',
    '"resource":{',
    '"code":{',
    '"subject":{',
    '"item":[{',
    '"coding":[{',
  ];

  test.each(places)('when they stand after %s then nothing is changed by them', async (place) => {
    expect(text).toContain(place);
    for (const name of names) {
      for (const value of values) {
        // `"toString": {}` in `prefetch` is a prefetch value that is no resource: refused, as under any other name.
        const response = await send(text.replace(place, `${place}"${name}":${value},`));
        if (place === '"prefetch":{' && response.status === 400) await response.text();
        else await expectCards(response);
      }
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted');
    await expectCards(await send(text));
  });
});
