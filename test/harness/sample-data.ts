/** Published sample charts as hook requests: as an EHR would answer the prefetch that discovery asks for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Service } from '../../src/cds-hooks/service.ts';
import { resourcesIn } from '../../src/fhir/bundles.ts';
import type { CodeableConcept, FhirResource, Patient, Questionnaire } from '../../src/fhir/types.ts';
import { responsesOf } from './responses.ts';
import { atMoment } from './time.ts';

/** What is expected of one call; without `level` and `cards`: no card. */
export type ExpectedCall = {
  /** Cards when the specification gives the card no level. */
  cards?: number;
  level?: string;
  gates?: string[];
  /** Exactly the clinical rules that fire; left out with a level: none. */
  fired?: string[];
  /** In the place of `fired`: rules that may not fire. */
  neverFired?: string[];
  /** Exactly the clinical rules that raise because they are open; left out: none. */
  raised?: string[];
  says?: string[];
};

/** What must have been read, with the response and without. */
export type ExpectedChart = {
  gestation?: [number, number] | 'unknown';
  located?: boolean;
  /** Days since the end of the pregnancy. */
  ended?: number;
  /** Values of facts; null = unknown. */
  facts?: Record<string, boolean | number | null>;
  /** The resource that a fact was read from. */
  used?: Record<string, string>;
  /** Facts that may be unknown or no, but not yes. */
  notTrue?: string[];
};

export type SampleMoment = {
  now: string;
  /** The reasoning from the specification. */
  why: string;
  chart?: ExpectedChart;
  asItIs: ExpectedCall;
  withResponse: ExpectedCall;
};

export type Sample = { files: string[]; holds: string; patient?: Patient; moments: SampleMoment[] };

const DATA = 'test/data';
export const FOLDERS = ['synthea-r4', 'who-anc', 'ips', 'us-core'];

/** The expectations of a folder, worked out by hand. */
export const expectedOf = (folder: string): Sample[] =>
  JSON.parse(readFileSync(join(DATA, 'expected', `${folder}.json`), 'utf8'));

/** Every chart of a folder, by the name that the expectations use. */
export const filesOf = (folder: string): string[] =>
  readdirSync(join(DATA, folder))
    .filter((name) => name.endsWith('.json') && name !== 'INDEX.json')
    .map((name) => `${folder}/${name}`);

/** All resources of a sample, untouched. */
export function chartOf({ files, patient }: Sample): FhirResource[] {
  const read = files.flatMap((file) => {
    const content = JSON.parse(readFileSync(join(DATA, file), 'utf8')) as FhirResource;
    return content.resourceType === 'Bundle' ? resourcesIn(content) : [content];
  });
  return patient ? [patient, ...read] : read;
}

type Dated = FhirResource & {
  effectiveDateTime?: string;
  effectivePeriod?: { start?: string };
  performedDateTime?: string;
  performedPeriod?: { start?: string };
  onsetDateTime?: string;
  authored?: string;
  period?: { start?: string };
};

/** The chart as it stood then: nothing later, and nothing closed that was closed later. */
export function asItStood(chart: FhirResource[], now: string): FhirResource[] {
  const later = (date: string | undefined) => date !== undefined && Date.parse(date) > Date.parse(now);
  return chart
    .filter((resource) => !later(dateOf(resource)))
    .map((resource) => {
      if (resource.resourceType !== 'Condition' || !later(resource.abatementDateTime)) return resource;
      const { abatementDateTime: _later, clinicalStatus, ...open } = resource;
      const coding = clinicalStatus?.coding?.map((code) => ({ ...code, code: 'active' }));
      return { ...open, clinicalStatus: { coding: coding ?? [] } };
    });
}

function dateOf(resource: FhirResource): string | undefined {
  const dated = resource as Dated;
  return (
    dated.effectiveDateTime ??
    dated.effectivePeriod?.start ??
    dated.performedDateTime ??
    dated.performedPeriod?.start ??
    dated.onsetDateTime ??
    dated.authored ??
    dated.period?.start
  );
}

/** A hook request whose prefetch answers what the service asks for. */
export function sampleRequest({ prefetch = {}, hook }: Service, chart: FhirResource[]): Record<string, unknown> {
  const patientId = patientOf(chart).id;
  const answered = Object.entries(prefetch).map(([key, template]) => [key, searched(template, chart)]);
  return {
    hook,
    hookInstance: '5c1f5f0a-6d2b-4b8e-9a55-0c4bb0b9f8d2',
    context: { userId: 'Practitioner/p1', patientId },
    prefetch: Object.fromEntries(answered),
  };
}

function searched(template: string, chart: FhirResource[]): FhirResource {
  const [type, query] = template.split('?');
  if (query === undefined) return patientOf(chart);
  const codes = new URLSearchParams(query).get('code')?.split(',');
  const found = chart
    .filter(({ resourceType }) => resourceType === type)
    .filter((resource) => !codes || hasCode((resource as { code?: CodeableConcept }).code, codes));
  return { resourceType: 'Bundle', type: 'searchset', entry: found.map((resource) => ({ resource })) } as FhirResource;
}

/** A token of a search matches the code alone, or system and code. */
const hasCode = (concept: CodeableConcept | undefined, tokens: string[]): boolean =>
  concept?.coding?.some(({ system, code }) => tokens.some((t) => t === code || t === `${system}|${code}`)) === true;

function patientOf(chart: FhirResource[]): Patient {
  const patient = chart.find((resource): resource is Patient => resource.resourceType === 'Patient');
  if (!patient) throw new Error('a sample without a Patient');
  return patient;
}

/** A fresh response of one hour ago to the project's own form: back pain, 3 of 10, nothing else answered. */
export function smallResponse(chart: FhirResource[], questionnaires: Questionnaire[], now: string): FhirResource[] {
  const subject = { reference: `Patient/${patientOf(chart).id}` };
  const form = { answers: { backPain: 'yes', severity: 3 } };
  return atMoment(responsesOf(form, 'small', questionnaires, subject), now);
}
