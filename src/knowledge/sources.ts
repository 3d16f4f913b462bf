/** Knowledge as it stands in files, sorted by what it is. */
import { resourcesIn } from '../fhir/bundles.ts';
import type {
  ActivityDefinition,
  ConceptMap,
  FhirResource,
  PlanDefinition,
  Questionnaire,
  ValueSet,
} from '../fhir/types.ts';

/** One FHIR file. */
export type KnowledgeFile = { file: string; resource: FhirResource };

/** A resource and the file it stands in. */
export type Located<T> = { file: string; resource: T };

export type Catalogue = {
  questionnaires: ReadonlyMap<string, Questionnaire>;
  activities: ReadonlyMap<string, ActivityDefinition>;
  valueSets: ReadonlyMap<string, ValueSet>;
  conceptMaps: ReadonlyMap<string, ConceptMap>;
};

/** One finding about the knowledge; a topic with findings is refused. */
export type Problem = { file: string; element: string; reason: string };

/** All plans, Questionnaires and ActivityDefinitions of the files, Bundles opened. */
export function sortKnowledge(files: KnowledgeFile[]): {
  plans: Located<PlanDefinition>[];
  questionnaires: Located<Questionnaire>[];
  catalogue: Catalogue;
} {
  const all = files.flatMap(({ file, resource }) => resourcesIn(resource).map((found) => ({ file, resource: found })));
  const plans = all.filter((located): located is Located<PlanDefinition> => is(located, 'PlanDefinition'));
  const questionnaires = all.filter((located): located is Located<Questionnaire> => is(located, 'Questionnaire'));
  const activities = all.filter((located): located is Located<ActivityDefinition> => is(located, 'ActivityDefinition'));
  const valueSets = all.filter((located): located is Located<ValueSet> => is(located, 'ValueSet'));
  const conceptMaps = all.filter((located): located is Located<ConceptMap> => is(located, 'ConceptMap'));
  return {
    plans,
    questionnaires,
    catalogue: {
      questionnaires: new Map(questionnaires.map(({ resource }) => [resource.url ?? '', resource])),
      activities: new Map(activities.map(({ resource }) => [resource.url ?? '', resource])),
      valueSets: new Map(valueSets.map(({ resource }) => [resource.url ?? '', resource])),
      conceptMaps: new Map(conceptMaps.map(({ resource }) => [resource.url ?? '', resource])),
    },
  };
}

const is = (located: Located<FhirResource>, type: string): boolean => located.resource.resourceType === type;
