/** The record that this page keeps: a FHIR R4 server without access control, which the demonstration brings along. */
import type { Bundle, FhirResource } from 'fhir/r4';
import { answered, Refusal } from './send.ts';

export const FHIR_BASE = new URL('../fhir', document.baseURI).href;
const type = 'application/fhir+json';
/** Pages of one search. */
const MOST_PAGES = 20;

/** @param query relative read or search. @throws Refusal */
export const readFhir = (query: string, purpose = 'Read the record'): Promise<FhirResource> =>
  answered({ purpose, url: `${FHIR_BASE}/${query}`, type });

/** All matches of a search, page by page. @throws Refusal */
export async function searchFhir<Type extends FhirResource>(query: string): Promise<Type[]> {
  const found: Type[] = [];
  let path: string | undefined = query;
  for (let page = 0; path !== undefined && page < MOST_PAGES; page += 1) {
    const { entry = [], link = [] } = (await readFhir(path)) as Bundle<Type>;
    found.push(...entry.flatMap(({ resource }) => resource ?? []));
    const next = link.find(({ relation }) => relation === 'next')?.url;
    path = next?.startsWith(`${FHIR_BASE}/`) ? next.slice(FHIR_BASE.length + 1) : undefined;
  }
  return found;
}

/** @returns the resource with the id that the server gave */
export const createFhir = <Type extends FhirResource>(resource: Type, purpose: string): Promise<Type> =>
  answered({ purpose, url: `${FHIR_BASE}/${resource.resourceType}`, method: 'POST', body: resource, type });

export const updateFhir = <Type extends FhirResource>(resource: Type, purpose: string): Promise<Type> =>
  answered({
    purpose,
    url: `${FHIR_BASE}/${resource.resourceType}/${resource.id}`,
    method: 'PUT',
    body: resource,
    type,
  });

/** What is gone already need not be deleted. @param reference `Type/id` */
export async function deleteFhir(reference: string, purpose: string): Promise<void> {
  try {
    await answered({ purpose, url: `${FHIR_BASE}/${reference}`, method: 'DELETE', type });
  } catch (error) {
    if (!(error instanceof Refusal && (error.status === 404 || error.status === 410))) throw error;
  }
}

/** Marked as confidential: it does not stand where others may look. */
export const isRestricted = ({ meta }: FhirResource): boolean =>
  meta?.security?.some(({ code }) => code === 'R') ?? false;
