/** Whose data a body brings, for those who only have to know whose. */
import { typeAndId } from './references.ts';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Parameters of Parameters, Bundles of Bundles: more is nobody's. */
const MOST_DEPTH = 6;

/**
 * The id of the patient that FHIR JSON names first: a Patient, the subject of a resource, the `subject` of Parameters.
 * @returns undefined when it names none
 */
export function patientOf(body: unknown, depth = 0): string | undefined {
  if (!isObject(body) || depth > MOST_DEPTH) return undefined;
  if (body.resourceType === 'Patient') return typeof body.id === 'string' ? body.id : undefined;
  const own = idOf(referenceIn(body.subject)) ?? idOf(referenceIn(body.patient));
  if (own !== undefined) return own;
  const parameters = listOf(body.parameter);
  const subject = parameters.find(({ name }) => name === 'subject');
  const named = idOf(referenceIn(subject?.valueReference) ?? subject?.valueString);
  if (named !== undefined) return named;
  for (const { resource } of [...parameters, ...listOf(body.entry)]) {
    const found = patientOf(resource, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

const referenceIn = (value: unknown): unknown => (isObject(value) ? value.reference : undefined);

function idOf(reference: unknown): string | undefined {
  if (typeof reference !== 'string') return undefined;
  const [type, id] = typeAndId({ reference })?.split('/') ?? [];
  return type === 'Patient' ? id : undefined;
}
