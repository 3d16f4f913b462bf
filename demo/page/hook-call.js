// The client's side of CDS Hooks, https://cds-hooks.hl7.org/2.0/: discovery, prefetch, call.

/**
 * @typedef {{ hook: string, id: string, title?: string, prefetch?: Record<string, string> }} Service
 * @typedef {{ userId: string, patientId: string, encounterId?: string }} Context
 * @typedef {{ url: string, request: unknown, status: number, response: any, unread: string[],
 *   prefetchMs: number, serviceMs: number }} Exchange
 */

const FHIR_URL = new URL('fhir', document.baseURI).href;

/**
 * @param {string} query - relative FHIR read or search
 * @returns {Promise<any>} the resource
 * @throws Error when the FHIR server refuses
 */
export async function readFhir(query) {
  const response = await fetch(`${FHIR_URL}/${query}`, { headers: { accept: 'application/fhir+json' } });
  if (!response.ok) throw new Error(`FHIR server: ${response.status} for ${query}`);
  return response.json();
}

/**
 * Calls the service that is published for this hook, as an EHR would.
 *
 * @param {string} hook
 * @param {Context} context
 * @returns {Promise<Exchange>}
 * @throws Error when no service is published for the hook
 */
export async function callHook(hook, context) {
  const service = await serviceFor(hook);
  const begun = performance.now();
  const { prefetch, unread } = await collectPrefetch(service.prefetch ?? {}, context);
  const request = { hook, hookInstance: crypto.randomUUID(), fhirServer: FHIR_URL, context, prefetch };
  const url = new URL(`cds-services/${encodeURIComponent(service.id)}`, document.baseURI).href;
  const called = performance.now();
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(request) });
  const body = await response.json();
  const answered = performance.now();
  const timing = { prefetchMs: called - begun, serviceMs: answered - called };
  return { url, request, status: response.status, response: body, unread, ...timing };
}

/**
 * @param {string} hook
 * @returns {Promise<Service>}
 */
async function serviceFor(hook) {
  const response = await fetch(new URL('cds-services', document.baseURI));
  const { services } = await response.json();
  const service = services?.find((/** @type {Service} */ candidate) => candidate.hook === hook);
  if (service === undefined) throw new Error(`No service is published for the hook ${hook}.`);
  return service;
}

/**
 * @param {Record<string, string>} templates
 * @param {Context} context
 */
async function collectPrefetch(templates, context) {
  /** @type {Record<string, unknown>} */
  const prefetch = {};
  /** @type {string[]} */
  const unread = [];
  await Promise.all(
    Object.entries(templates).map(async ([key, template]) => {
      try {
        prefetch[key] = await readFhir(fillTemplate(template, context));
      } catch {
        // CDS Hooks: what cannot be read is left out, and the service decides what that means.
        unread.push(key);
      }
    }),
  );
  return { prefetch, unread };
}

/**
 * @param {string} template
 * @param {Context} context
 * @returns {string}
 * @throws Error when the context lacks what the template asks for
 */
function fillTemplate(template, context) {
  return template.replaceAll(/\{\{\s*context\.(\w+)\s*\}\}/g, (token, field) => {
    const value = new Map(Object.entries(context)).get(field);
    if (value === undefined) throw new Error(`${token} is not in this context`);
    return encodeURIComponent(value);
  });
}
