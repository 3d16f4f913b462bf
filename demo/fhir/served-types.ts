/**
 * The resource types that the demonstration's FHIR server serves: what the service reads, what its suggestions
 * create, and what an EHR's own screens usually ask for. Every further type costs a few milliseconds at start.
 */
export const SERVED_TYPES = [
  'ActivityDefinition',
  'AllergyIntolerance',
  'Appointment',
  'CarePlan',
  'ClinicalImpression',
  'Communication',
  'CommunicationRequest',
  'Condition',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'EpisodeOfCare',
  'FamilyMemberHistory',
  'Immunization',
  'List',
  'Location',
  'Medication',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Organization',
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Procedure',
  'Questionnaire',
  'QuestionnaireResponse',
  'ServiceRequest',
  'Task',
] as const;

/** One of {@link SERVED_TYPES}. */
export type ServedType = (typeof SERVED_TYPES)[number];

/** Is this path segment a type that the server knows? Also stands between a path segment and any lookup by name. */
export function isServedType(name: string): name is ServedType {
  return (SERVED_TYPES as readonly string[]).includes(name);
}
