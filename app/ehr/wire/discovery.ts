/** Which services there are, asked once. */
import type { Service } from './card.ts';
import { answered } from './send.ts';
import { signedFor } from './token.ts';

export const SERVICES_URL = new URL('../cds-services', document.baseURI).href;

let asked: Promise<Service[]> | undefined;

/** @throws Refusal; then the next call asks again */
export function discovered(): Promise<Service[]> {
  asked ??= discover().catch((error: unknown) => {
    asked = undefined;
    throw error;
  });
  return asked;
}

async function discover(): Promise<Service[]> {
  const signed = await signedFor(SERVICES_URL);
  const { services } = await answered<{ services: Service[] }>({ purpose: 'Discovery', url: SERVICES_URL, signed });
  return services;
}
