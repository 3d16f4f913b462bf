/** The link to the next page of a searchset. */
import type { Bundle } from '../fhir/types.ts';

/** `elsewhere`: there is a next page, and it is not on this FHIR server. */
export type NextPage = URL | 'none' | 'elsewhere';

/** @param base of the FHIR server, without a slash at the end */
export function nextPage({ link }: Bundle, base: string): NextPage {
  const url: unknown = Array.isArray(link) ? link.find((entry) => entry?.relation === 'next')?.url : undefined;
  if (url === undefined) return 'none';
  if (typeof url !== 'string' || !URL.canParse(url, `${base}/`)) return 'elsewhere';
  const next = new URL(url, `${base}/`);
  next.hash = '';
  return isUnder(new URL(base), next) ? next : 'elsewhere';
}

/** Tenants may share an origin, so a token stays under the base; a user in the address is somebody else's. */
export function isUnder(home: URL, { origin, pathname, username, password }: URL): boolean {
  const inside = pathname === home.pathname || pathname.startsWith(`${home.pathname.replace(/\/$/, '')}/`);
  return origin === home.origin && inside && username === '' && password === '';
}
