/** Discovery, call and feedback as an EHR asks for them with a token. */
import { EMERGENCY, requestOf, SERVICE } from './requests.ts';
import type { RunningService } from './service.ts';

export type Endpoint = { name: string; path: string; ask: (headers: Record<string, string>) => Promise<Response> };

const body = JSON.stringify(requestOf(EMERGENCY));

/** Each endpoint that is behind client trust; what is asked is good, but for the headers. */
export function endpointsOf(service: RunningService): [Endpoint, Endpoint, Endpoint] {
  const post = (path: string) => (headers: Record<string, string>) =>
    fetch(`${service.base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  return [
    {
      name: 'discovery',
      path: '/cds-services',
      ask: (headers) => fetch(`${service.base}/cds-services`, { headers }),
    },
    { name: 'call', path: SERVICE, ask: post(SERVICE) },
    { name: 'feedback', path: `${SERVICE}/feedback`, ask: post(`${SERVICE}/feedback`) },
  ];
}
