/** Clinicians' assessments that refer to a rule of the topic by its id (spec E "Resolution evidence"). */
import { codingsOf, yesOrNo } from '../fhir/codings.ts';
import { type InstantRange, instantRange } from '../fhir/dates.ts';
import { MINUTE } from '../fhir/durations.ts';
import { referenceTo } from '../fhir/references.ts';
import type { ClinicalImpression, Coding, FhirResource, Observation, Reference } from '../fhir/types.ts';
import type { Chart, Moment } from './chart.ts';
import { ownerOf } from './ownership.ts';
import { usability } from './usable.ts';

/** The newest assessment of a rule, or what was documented when its card was overridden. */
export type Resolution = { at: number } & ({ reference: string } | { reason: string });

const FUTURE_TOLERANCE = 5 * MINUTE;
const CLINICIAN = /(^|\/)(PractitionerRole|Practitioner)\//;

/**
 * The newest assessment of each rule.
 * @param system system of the codes that name rules
 */
export function readResolutions(chart: Chart, system: string, moment: Moment): Map<string, Resolution> {
  const newest = new Map<string, Resolution>();
  const owner = ownerOf(chart);
  for (const resource of chart.resources) {
    if (usability(resource, owner) !== 'all') continue;
    const at = timeOf(resource, moment.zone)?.from;
    if (at === undefined || at > moment.now + FUTURE_TOLERANCE) continue;
    for (const { code = '' } of rulesNamed(resource).filter((coding) => coding.system === system)) {
      if (at > (newest.get(code)?.at ?? Number.NEGATIVE_INFINITY)) {
        newest.set(code, { at, reference: referenceTo(resource) });
      }
    }
  }
  return newest;
}

function rulesNamed(resource: FhirResource): Coding[] {
  if (resource.resourceType === 'ClinicalImpression') return ofImpression(resource);
  return resource.resourceType === 'Observation' && settles(resource) ? codingsOf(resource.code) : [];
}

/** A completed assessment says that the finding was dealt with, whatever it found. */
function ofImpression({ code, finding = [] }: ClinicalImpression): Coding[] {
  return [...codingsOf(code), ...finding.flatMap((found) => codingsOf(found.itemCodeableConcept))];
}

/** By a clinician, not the person's own answer, and not saying that the finding is there. */
function settles({ performer, derivedFrom, valueBoolean, valueCodeableConcept }: Observation): boolean {
  const byClinician = listOf(performer).some(({ reference }) => CLINICIAN.test(reference ?? ''));
  const isAnswer = listOf(derivedFrom).some(({ reference }) => reference?.includes('QuestionnaireResponse/'));
  const present = valueBoolean === true || codingsOf(valueCodeableConcept).some((coding) => yesOrNo(coding) === true);
  return byClinician && !isAnswer && !present;
}

/** Nobody else reads these members, so an odd one must not cost the Observation. */
const listOf = (references: Reference[] | undefined): Reference[] =>
  Array.isArray(references) ? references.filter((reference) => typeof reference?.reference === 'string') : [];

function timeOf(resource: FhirResource, zone: string): InstantRange | undefined {
  if (resource.resourceType !== 'ClinicalImpression' && resource.resourceType !== 'Observation') return undefined;
  const { effectiveDateTime, effectivePeriod } = resource;
  const other = resource.resourceType === 'ClinicalImpression' ? resource.date : resource.effectiveInstant;
  return instantRange(effectiveDateTime ?? effectivePeriod?.end ?? other, zone);
}
