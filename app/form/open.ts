/** How the page got to a health record: the demonstration, a launch, the way back from one, or nothing of it. */
import type { AppContext } from './app-context.ts';
import { readAppContext } from './app-context.ts';
import { type HealthRecord, openRecord } from './record.ts';
import type { Start } from './service.ts';

export type Opened =
  | { kind: 'record'; record: HealthRecord; context: AppContext }
  | { kind: 'leaving' }
  | { kind: 'unknown-server' }
  | { kind: 'not-opened' }
  | { kind: 'nowhere' };

/** @param address of the page. A launch that fails, for whatever reason, has opened nothing */
export async function openFrom(address: URL, start: Start): Promise<Opened> {
  const { searchParams } = address;
  const iss = searchParams.get('iss')?.replace(/\/+$/, '');
  if (iss !== undefined) {
    // Only servers that the site has registered: any other would be a way to make this page talk to it.
    const app = start.apps.find((one) => one.iss === iss);
    if (!app) return { kind: 'unknown-server' };
    const { leaveForAuthorization } = await import('./smart.ts');
    const types = start.queries.map(({ type }) => type);
    const left = leaveForAuthorization(app, searchParams.get('launch'), types);
    return left.then(() => ({ kind: 'leaving' }) as const).catch(notOpened);
  }
  if (searchParams.has('state') || searchParams.has('error')) return fromLaunch(start);
  const patient = searchParams.get('patient');
  if (start.demonstration && patient !== null && /^[A-Za-z0-9.-]{1,64}$/.test(patient)) {
    const base = new URL('../fhir', address).href;
    // What a launch would carry; it is checked like one that comes from there.
    const context = readAppContext(searchParams.get('appContext'), start.questionnaires);
    return { kind: 'record', record: openRecord(base, patient), context };
  }
  // A reload of the page: the address says nothing any more, the library has kept the launch for this tab.
  if (sessionStorage.getItem(KEPT_LAUNCH) !== null) return fromLaunch(start);
  return { kind: 'nowhere' };
}

/** What `fhirclient` calls the launch of this tab. */
const KEPT_LAUNCH = 'SMART_KEY';

async function fromLaunch({ apps, questionnaires }: Start): Promise<Opened> {
  const { authorized } = await import('./smart.ts');
  return authorized().then(({ record, appContext }): Opened => {
    if (!apps.some((one) => one.iss === record.base)) return { kind: 'unknown-server' };
    return { kind: 'record', record, context: readAppContext(appContext, questionnaires) };
  }, notOpened);
}

/** A refusal, a server without PKCE, an answer that was not asked for: what it was, only the console says. */
function notOpened(error: unknown): Opened {
  console.warn('The launch failed.', error);
  return { kind: 'not-opened' };
}
