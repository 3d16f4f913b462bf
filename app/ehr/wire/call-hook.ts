/** One call of a hook, as an EHR makes it: discovery, prefetch, a token for this very endpoint, the cards. */
import { byUrgency, type Card } from './card.ts';
import { discovered, SERVICES_URL } from './discovery.ts';
import { FHIR_BASE } from './fhir-server.ts';
import { prefetched } from './prefetch.ts';
import { exchange, Refusal } from './send.ts';
import { signedFor } from './token.ts';

export type Call = {
  hook: string;
  serviceUrl: string;
  cards: Card[];
  /** Prefetch keys that could not be read. */
  unread: string[];
  prefetchMs: number;
  serviceMs: number;
};

export const USER = 'Practitioner/demo';

/** @param context of the hook beside the user. @throws Refusal: no advice could be given, which is no all-clear */
export async function callHook(hook: string, context: Record<string, unknown>): Promise<Call> {
  const service = (await discovered()).find((one) => one.hook === hook);
  if (!service) throw new Error(`No service is published for ${hook}.`);
  const begun = performance.now();
  const full = { userId: USER, ...context };
  const { prefetch, unread } = await prefetched(service.prefetch ?? {}, full);
  const prefetchMs = performance.now() - begun;
  const serviceUrl = `${SERVICES_URL}/${encodeURIComponent(service.id)}`;
  const done = await exchange({
    purpose: `Hook ${hook}`,
    url: serviceUrl,
    method: 'POST',
    body: { hook, hookInstance: crypto.randomUUID(), fhirServer: FHIR_BASE, context: full, prefetch },
    signed: await signedFor(serviceUrl),
  });
  if (done.status !== 200) throw new Refusal(done);
  const { cards = [] } = done.response as { cards?: Card[] };
  return { hook, serviceUrl, cards: byUrgency(cards), unread, prefetchMs, serviceMs: done.milliseconds };
}
