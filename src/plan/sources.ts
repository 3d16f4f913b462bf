/** Knowledge files that plans in plain R4 are compiled from. */
import type { ActivityDefinition, PlanDefinition, Questionnaire, ValueSet } from '../fhir/types.ts';

/** By canonical, without version. */
export type PlanSources = {
  plans: ReadonlyMap<string, PlanDefinition>;
  activities: ReadonlyMap<string, ActivityDefinition>;
  questionnaires: ReadonlyMap<string, Questionnaire>;
  valueSets: ReadonlyMap<string, ValueSet>;
};
