/** What a topic needs of a chart, derived from its items: prefetch, fallback queries and filters are the same thing. */
import type { FactDefinition, SourceResource } from '../knowledge/fact-definition.ts';
import type { Topic } from '../knowledge/topic.ts';

/** One query of a resource type. */
export type DataNeed = { key: string; type: string; template: string };

/** What facts are read from, and what settles findings. */
type NeededResource = SourceResource | 'ClinicalImpression';

const KEYS: Record<NeededResource, string> = {
  Patient: 'patient',
  QuestionnaireResponse: 'responses',
  Observation: 'observations',
  Condition: 'conditions',
  Procedure: 'procedures',
  EpisodeOfCare: 'episodes',
  Encounter: 'encounters',
  MedicationRequest: 'medications',
  MedicationStatement: 'medicationStatements',
  List: 'lists',
  ClinicalImpression: 'impressions',
};

const OF_PATIENT = 'patient={{context.patientId}}';

/**
 * The Patient and the Encounters always (architecture section 6); everything else because an item reads it, or because
 * the hook asks for what settles a finding: assessments that name its rule.
 */
export function dataNeeds(topic: Topic, hook?: string): DataNeed[] {
  const read = new Set<NeededResource>(['Patient', 'QuestionnaireResponse', 'Encounter']);
  for (const { sources } of topic.facts) for (const { resource } of sources) read.add(resource);
  const settling = hook !== undefined && asksForResolution(topic, hook);
  if (settling) read.add('Observation').add('ClinicalImpression');
  const ruleIds = settling ? topic.groups.flatMap(({ rules }) => rules).filter((rule) => !rule.private) : [];
  const codes = [...observationCodes(topic.facts), ...ruleIds.map(({ id }) => id)];
  return (Object.keys(KEYS) as NeededResource[])
    .filter((type) => read.has(type))
    .map((type) => ({ key: KEYS[type], type, template: template(type, codes) }));
}

/** Whether a hook tells findings that were dealt with from those that were not. */
export const asksForResolution = ({ groups }: Topic, hook: string): boolean =>
  groups.some(({ atHook }) => atHook.some((words) => words.hook === hook && words.when === 'unresolved'));

/** Each parameter once, no date token (design/clients): the service filters and sorts for itself. */
function template(type: NeededResource, codes: string[]): string {
  switch (type) {
    case 'Patient':
      return 'Patient/{{context.patientId}}';
    case 'QuestionnaireResponse':
      return `QuestionnaireResponse?${OF_PATIENT}&_sort=-authored&_count=20`;
    case 'Observation':
      return `Observation?${OF_PATIENT}&code=${[...new Set(codes)].sort().join(',')}&_sort=-date&_count=500`;
    case 'Condition':
      return `Condition?${OF_PATIENT}&_count=500`;
    case 'Procedure':
      return `Procedure?${OF_PATIENT}&_sort=-date&_count=500`;
    case 'EpisodeOfCare':
      return `EpisodeOfCare?${OF_PATIENT}&_count=50`;
    case 'Encounter':
      return `Encounter?${OF_PATIENT}&_sort=-date&_count=50`;
    case 'MedicationRequest':
    case 'MedicationStatement':
      return `${type}?${OF_PATIENT}&status=active&_count=200`;
    case 'List':
      return `List?${OF_PATIENT}&_count=50`;
    case 'ClinicalImpression':
      return `ClinicalImpression?${OF_PATIENT}&_sort=-date&_count=50`;
  }
}

/** Codes without their systems keep the query short; a foreign system's code is dropped when the facts are read. */
function observationCodes(facts: FactDefinition[]): string[] {
  const sources = facts.flatMap((fact) => fact.sources).filter(({ resource }) => resource === 'Observation');
  return sources.flatMap((source) => [...source.codes, ...source.panels]).flatMap(({ code }) => code ?? []);
}

/** Fills a template for one call. @param encounterId of the call, for templates that name it */
export const queryFor = ({ template: text }: DataNeed, patientId: string, encounterId = ''): string =>
  text
    .replaceAll('{{context.patientId}}', encodeURIComponent(patientId))
    .replaceAll('{{context.encounterId}}', encodeURIComponent(encounterId));

/** Whether a template names an encounter, which not every call has. */
export const needsEncounter = ({ template: text }: DataNeed): boolean => text.includes('{{context.encounterId}}');
