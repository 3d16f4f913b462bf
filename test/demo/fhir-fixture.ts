import { expect } from '@jest/globals';
import type { Bundle, Observation, OperationOutcome, Patient, Resource } from '@medplum/fhirtypes';
import express from 'express';
import { createDemonstrationFhirServer } from '../../demo/fhir-server.ts';
import { listening } from './listening.ts';

export const NOW = new Date('2026-06-15T10:00:00Z');
const CONTENT = 'application/fhir+json; charset=utf-8';

export const ann: Patient = { resourceType: 'Patient', id: 'ann', name: [{ family: 'Oakley', given: ['Ann'] }] };
export const pulse = measurement('pulse', '8867-4', 'ann', '2026-06-14T09:00:00Z');
const form: Resource = {
  resourceType: 'QuestionnaireResponse',
  id: 'form',
  status: 'completed',
  subject: { reference: 'Patient/ann' },
  questionnaire: 'http://example.org/Questionnaire/triage|0.2.0',
};
const ofAnn = { reference: 'Patient/ann' };
const birth: Resource = {
  resourceType: 'Procedure',
  id: 'birth',
  status: 'completed',
  subject: ofAnn,
  performedPeriod: { start: '2026-05-01T09:00:00Z' },
};
const care: Resource = { resourceType: 'EpisodeOfCare', id: 'care', status: 'active', patient: ofAnn };
const router = await createDemonstrationFhirServer({
  resources: [
    ann,
    measurement('systolic', '8480-6', 'ann', '2026-06-15T09:00:00Z'),
    measurement('diastolic', '8462-4', 'ann', '2026-06-15T09:00:00Z'),
    pulse,
    measurement('stranger', '8480-6', 'bea', '2026-06-15T09:00:00Z'),
    form,
    birth,
    care,
    ...['ann', 'bea'].flatMap(treatments),
  ],
  now: NOW,
});

/** What is done and taken, current and not; ids end with the person's name. */
function treatments(person: string): Resource[] {
  const subject = { reference: `Patient/${person}` };
  const taken = { subject, medicationCodeableConcept: { text: 'iron' } };
  return [
    { resourceType: 'MedicationRequest', id: `order-${person}`, status: 'active', intent: 'order', ...taken },
    { resourceType: 'MedicationRequest', id: `stopped-${person}`, status: 'stopped', intent: 'order', ...taken },
    { resourceType: 'MedicationStatement', id: `statement-${person}`, status: 'active', ...taken },
    { resourceType: 'List', id: `list-${person}`, status: 'current', mode: 'snapshot', subject },
  ];
}

function measurement(id: string, code: string, patient: string, effectiveDateTime: string): Observation {
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code }] },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime,
    valueQuantity: { value: 80, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
  };
}

export function serving<T>(use: (fhir: string) => Promise<T>): Promise<T> {
  return listening(express().use('/fhir', router), (origin) => use(`${origin}/fhir`));
}

export function get<T>(path: string): Promise<T> {
  return serving(async (fhir) => {
    const response = await fetch(`${fhir}/${path}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, CONTENT]);
    return (await response.json()) as T;
  });
}

export async function idsFound(path: string): Promise<unknown[]> {
  return idsOf(await get<Bundle>(path));
}

export function idsFoundByPost(type: string, body: string, urlQuery = ''): Promise<unknown[]> {
  return serving(async (fhir) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(`${fhir}/${type}/_search${urlQuery}`, { method: 'POST', headers, body });
    return idsOf((await response.json()) as Bundle);
  });
}

function idsOf(bundle: Bundle): unknown[] {
  return (bundle.entry ?? []).map(({ resource }) => resource?.id).sort();
}

export function send(fhir: string, method: string, path: string, body: Resource): Promise<Response> {
  const headers = { 'content-type': 'application/fhir+json' };
  return fetch(`${fhir}/${path}`, { method, headers, body: JSON.stringify(body) });
}

/** The status of a refusal, after checking that its body is an OperationOutcome that tells nothing of the inside. */
export function problem(path: string, init?: RequestInit): Promise<number> {
  return serving(async (fhir) => {
    const response = await fetch(`${fhir}/${path}`, init);
    const outcome = (await response.json()) as OperationOutcome;
    expect(outcome).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] });
    expect(JSON.stringify(outcome)).not.toMatch(/node_modules|at \w+ \(/);
    return response.status;
  });
}
