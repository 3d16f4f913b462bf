/** Search and read over HTTP as FHIR R4 has them: pages, languages, what is not honoured, formats. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bundle, FhirResource, Questionnaire } from '../../src/fhir/types.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { faultsOfR4 } from './r4.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const fetched = (path: string, headers: Record<string, string> = {}) =>
  fetch(path.startsWith('http') ? path : `${service.base}/fhir-api${path}`, { headers });

async function found(path: string, headers?: Record<string, string>): Promise<Bundle> {
  const response = await fetched(path, headers);
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as Bundle;
}

const idsIn = ({ entry = [] }: Bundle) => entry.map(({ resource }) => resource?.id);
const linkOf = ({ link = [] }: Bundle, name: string) => link.find(({ relation }) => relation === name)?.url;

test('when pages are followed from the first to the last then each resource came once, in one order', async () => {
  const all = await found('/OperationDefinition');
  const seen: unknown[] = [];
  let back: string | undefined;
  for (let next: string | undefined = '/OperationDefinition?_count=3'; next !== undefined; ) {
    const page: Bundle = await found(next);
    expect(faultsOfR4(page)).toEqual([]);
    expect([page.total, linkOf(page, 'self')?.endsWith(next)]).toEqual([all.total, true]);
    expect(idsIn(page).length).toBeLessThanOrEqual(3);
    seen.push(...idsIn(page));
    back = linkOf(page, 'previous');
    next = linkOf(page, 'next');
  }
  expect(seen).toEqual(idsIn(all));
  expect(seen.length).toBeGreaterThan(3);
  expect(idsIn(await found(back ?? '')).length).toBe(3);
});

test('when _count is 0 then only the total is said, and past the end there is nothing', async () => {
  const none = await found('/Questionnaire?_count=0');
  expect([none.entry, (none.total ?? 0) > 0]).toEqual([undefined, true]);
  expect((await found('/Questionnaire?_count=5&_offset=500')).entry).toBeUndefined();
});

test.each(['_count=-1', '_count=many', '_offset=1.5', '_format=xml', 'date=2026'])(
  'when a search asks for %s then it is refused, and named',
  async (query) => {
    const response = await fetched(`/Questionnaire?${query}`);
    const outcome = await response.text();
    expect([response.status, JSON.parse(outcome).resourceType]).toEqual([400, 'OperationOutcome']);
    expect(outcome).toMatch(/whole number|only JSON|Only these/);
  },
);

test('when the client is lenient then what is not honoured is left out, and the link says what was used', async () => {
  const bundle = await found('/Questionnaire?date=2026&_id=back-pain-triage', { prefer: 'handling=lenient' });
  expect(idsIn(bundle)).toEqual(['back-pain-triage']);
  expect(linkOf(bundle, 'self')).toMatch(/Questionnaire\?_id=back-pain-triage$/);
  const strict = await fetched('/Questionnaire?date=2026', { prefer: 'handling=strict' });
  expect(strict.status).toBe(400);
});

test.each<[string, Record<string, string>, string, string]>([
  ['nothing', {}, '', 'en'],
  ['Spanish', { 'accept-language': 'es-MX,es;q=0.9,en;q=0.5' }, '', 'es'],
  ['a language of which there is none, then Spanish', { 'accept-language': 'de, es;q=0.5' }, '', 'es'],
  ['a language of which there is none', { 'accept-language': 'de' }, '', 'en'],
  ['Spanish in the header, and Persian in the query', { 'accept-language': 'es' }, 'lang=fa', 'fa'],
])('when %s is asked for then the words are in it', async (_, headers, query, language) => {
  const path = '/Questionnaire/back-pain-triage';
  const response = await fetched(`${path}?${query}`, headers);
  const form = (await response.json()) as Questionnaire;
  expect(response.headers.get('vary') ?? '').toMatch(language === 'fa' ? /^/ : /accept-language/i);
  expect(form.language ?? 'en').toBe(language);
  const searched = await found(`/Questionnaire?_id=back-pain-triage&${query}`, headers);
  expect(searched.entry?.[0]?.resource as FhirResource | undefined).toEqual(form);
});

test.each(['json', 'application/json', 'application/fhir+json'])('the format %s is spoken', async (format) => {
  expect((await fetched(`/metadata?_format=${format}`)).status).toBe(200);
  expect((await fetched(`/Questionnaire?_format=${format}`)).status).toBe(200);
});
