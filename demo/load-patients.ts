import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bundle, Resource } from '@medplum/fhirtypes';

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const PLACEHOLDER = /\{\{(now|today)(?:([+-]\d+)([mhd]))?\}\}/g;

/**
 * The synthetic patients of `demo/patients`, one Bundle a patient, with their dates moved to now.
 *
 * @param folder - folder of the Bundles
 * @param now - the moment that `{{now}}` and `{{today}}` in the files stand for
 * @throws Error naming the file when one is not a Bundle or holds a placeholder that is not understood.
 */
export async function loadPatients(folder: string, now: Date): Promise<Resource[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const bundles = await Promise.all(names.map((name) => readBundle(join(folder, name), now)));
  return bundles.flatMap(({ entry = [] }) => entry.flatMap(({ resource }) => resource ?? []));
}

async function readBundle(file: string, now: Date): Promise<Bundle> {
  const text = resolveDates(await readFile(file, 'utf8'), now);
  const left = /\{\{.*?\}\}/.exec(text)?.[0];
  if (left !== undefined) throw new Error(`${file}: placeholder not understood: ${left}`);
  const bundle: Bundle = JSON.parse(text);
  if (bundle.resourceType !== 'Bundle') throw new Error(`${file}: not a Bundle`);
  return bundle;
}

/**
 * Replaces `{{now-2h}}` by an instant and `{{today+218d}}` by a date; units are `m`, `h` and `d`. Both are UTC, which
 * is also the service's default time zone.
 */
export function resolveDates(text: string, now: Date): string {
  return text.replace(PLACEHOLDER, (_, base: string, amount = '0', unit = 'd') => {
    const moment = new Date(now.getTime() + Number(amount) * UNITS[unit as keyof typeof UNITS]).toISOString();
    return base === 'today' ? moment.slice(0, 10) : `${moment.slice(0, 19)}Z`;
  });
}
