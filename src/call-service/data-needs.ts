/** What a topic needs of a chart, derived from its items: prefetch, fallback queries and filters are the same thing. */
import type { FactDefinition, SourceResource } from '../knowledge/fact-definition.ts';
import type { Topic } from '../knowledge/topic.ts';

/** One query of a resource type. */
export type DataNeed = { key: string; type: string; template: string };

const KEYS: Record<SourceResource, string> = {
  Patient: 'patient',
  QuestionnaireResponse: 'responses',
  Observation: 'observations',
  Condition: 'conditions',
  Procedure: 'procedures',
  EpisodeOfCare: 'episodes',
  Encounter: 'encounters',
};

const OF_PATIENT = 'patient={{context.patientId}}';

/** The Patient and the Encounters always (architecture section 6); everything else because an item reads it. */
export function dataNeeds(topic: Topic): DataNeed[] {
  const read = new Set<SourceResource>(['Patient', 'QuestionnaireResponse', 'Encounter']);
  for (const { sources } of topic.facts) for (const { resource } of sources) read.add(resource);
  return (Object.keys(KEYS) as SourceResource[])
    .filter((type) => read.has(type))
    .map((type) => ({ key: KEYS[type], type, template: template(type, topic.facts) }));
}

/** Each parameter once, no date token (design/clients): the service filters and sorts for itself. */
function template(type: SourceResource, facts: FactDefinition[]): string {
  switch (type) {
    case 'Patient':
      return 'Patient/{{context.patientId}}';
    case 'QuestionnaireResponse':
      return `QuestionnaireResponse?${OF_PATIENT}&_sort=-authored&_count=20`;
    case 'Observation':
      return `Observation?${OF_PATIENT}&code=${observationCodes(facts)}&_sort=-date&_count=500`;
    case 'Condition':
      return `Condition?${OF_PATIENT}&_count=500`;
    case 'Procedure':
      return `Procedure?${OF_PATIENT}&_sort=-date&_count=500`;
    case 'EpisodeOfCare':
      return `EpisodeOfCare?${OF_PATIENT}&_count=50`;
    case 'Encounter':
      return `Encounter?${OF_PATIENT}&_sort=-date&_count=50`;
  }
}

/** Codes without their systems keep the query short; a foreign system's code is dropped when the facts are read. */
function observationCodes(facts: FactDefinition[]): string {
  const sources = facts.flatMap((fact) => fact.sources).filter(({ resource }) => resource === 'Observation');
  const codes = sources.flatMap((source) => [...source.codes, ...source.panels]).flatMap(({ code }) => code ?? []);
  return [...new Set(codes)].sort().join(',');
}

/** Fills a template for one call. */
export const queryFor = ({ template: text }: DataNeed, patientId: string): string =>
  text.replaceAll('{{context.patientId}}', encodeURIComponent(patientId));
