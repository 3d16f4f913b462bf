/** Files that are not built like FHIR are refused before anything else is read. */
import { expect, test } from '@jest/globals';
import type { FhirResource } from '../../../src/fhir/types.ts';
import { checkKnowledge } from '../../../src/knowledge/lint/check-knowledge.ts';
import { put, refuses } from './base.ts';

refuses([
  {
    name: 'when an extension has no url then its place is named',
    break: ({ plan }) => plan.extension?.push({ url: undefined as unknown as string, valueCode: 'x' }),
    refused: { element: 'extension[9]', reason: /has no url/ },
  },
  {
    name: 'when an item has no linkId then its place is named',
    break: ({ item }) => put(item('place'), 'linkId', undefined),
    refused: { in: 'form', element: 'item[0].item[2]', reason: /has no linkId/ },
  },
  {
    name: 'when a list is none then it is refused',
    break: ({ action }) => put(action('H02'), 'documentation', { type: 'citation' }),
    refused: { element: 'action[0].action[1].action[0].documentation', reason: /no list of elements/ },
  },
]);

test.each([null, 'text', [], {}])('when a file holds %j then it is refused', (content) => {
  const { problems } = checkKnowledge([
    { file: 'plan-definitions/x.json', resource: content as unknown as FhirResource },
  ]);
  expect(problems).toEqual([
    { file: 'plan-definitions/x.json', element: 'file', reason: 'is no FHIR resource: it has no resourceType' },
  ]);
});
