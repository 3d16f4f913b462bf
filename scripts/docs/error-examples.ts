/** Refusals as a client gets them. */
import { type Ask, requestOf } from './ask.ts';
import { json } from './fences.ts';

const CALL = 'e08-a-saddle-numbness';

export async function errorExamples(ask: Ask): Promise<[string, string][]> {
  const request = requestOf(ask, CALL);
  return [
    ['error-412', await refusal(ask, { ...request, prefetch: {} })],
    ['error-400', await refusal(ask, { ...request, hookInstance: 'one' })],
  ];
}

async function refusal({ service, topic }: Ask, body: unknown): Promise<string> {
  const response = await service.post(`/cds-services/${topic.id}`, body);
  return json(await response.json());
}
