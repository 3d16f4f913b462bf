/** Knowledge as it stands in files, sorted by what it is. */
import { resourcesIn } from '../fhir/bundles.ts';
import type { ActivityDefinition, FhirResource, PlanDefinition, Questionnaire } from '../fhir/types.ts';

/** One FHIR file. */
export type KnowledgeFile = { file: string; resource: FhirResource };

/** A resource and the file it stands in. */
export type Located<T> = { file: string; resource: T };

export type Catalogue = {
  questionnaires: ReadonlyMap<string, Questionnaire>;
  activities: ReadonlyMap<string, ActivityDefinition>;
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
  return {
    plans,
    questionnaires,
    catalogue: {
      questionnaires: new Map(questionnaires.map(({ resource }) => [resource.url ?? '', resource])),
      activities: new Map(activities.map(({ resource }) => [resource.url ?? '', resource])),
    },
  };
}

const is = (located: Located<FhirResource>, type: string): boolean => located.resource.resourceType === type;
