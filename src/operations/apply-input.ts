/** What `$apply` is given: of whom it is, what is known of them, and who asks. */
import { contentOf } from '../call-service/content.ts';
import { ServiceError } from '../errors.ts';
import { resourcesIn } from '../fhir/bundles.ts';
import { typeAndId } from '../fhir/references.ts';
import type { FhirResource } from '../fhir/types.ts';
import type { ParameterName } from '../plan/names.ts';
import type { QueryAnswer } from '../plan/plan-data.ts';
import { chartGiven } from './given-resources.ts';
import type { OperationCall } from './operation.ts';
import { textGiven, textsGiven } from './parameters.ts';

export type ApplyInput = {
  patientId: string;
  encounterId: string | undefined;
  resources: FhirResource[];
  /** Types of which everything is here. */
  complete: ReadonlySet<string>;
  /** By prefetch key. */
  prefetched: ReadonlyMap<string, QueryAnswer>;
  parameters: Partial<Record<ParameterName, unknown>>;
};

const REFERENCES = ['practitioner', 'organization'] as const;
const CONCEPTS = ['userType', 'userLanguage', 'userTaskContext', 'setting', 'settingContext'] as const;

/** @throws ServiceError `bad-request`, `wrong-patient`, `refused` */
export function applyInput({ given }: OperationCall): ApplyInput {
  const subject = typeAndId({ reference: textGiven(given, 'subject') ?? '' });
  if (!subject?.startsWith('Patient/')) {
    throw new ServiceError('bad-request', 'It is not said who the person is', [
      'subject: is no reference to a Patient',
    ]);
  }
  const patientId = subject.slice('Patient/'.length);
  const prefetched = prefetchedOf({ given });
  const resources = [...chartGiven(given, 'data'), ...[...prefetched.values()].flatMap((answer) => answer.resources)];
  if (resources.some(({ resourceType, id }) => resourceType === 'Patient' && id !== patientId)) {
    throw new ServiceError('wrong-patient', 'The data hold a Patient who is not the subject');
  }
  // Who sends some resources of a type sends those that there are; that there is none has to be said.
  const complete = new Set([...textsGiven(given, 'searched'), ...resources.map(({ resourceType }) => resourceType)]);
  const encounterId = typeAndId({ reference: textGiven(given, 'encounter') ?? '' })?.split('/')[1];
  return { patientId, encounterId, resources, complete, prefetched, parameters: parametersOf() };

  function parametersOf(): ApplyInput['parameters'] {
    const entries = REFERENCES.flatMap((name) => {
      const reference = typeAndId({ reference: textGiven(given, name) ?? '' });
      const found = resources.find(({ resourceType, id }) => reference === `${resourceType}/${id}`);
      return found ? [[name, found] as const] : [];
    });
    const concepts = CONCEPTS.flatMap((name) => {
      const value = given.get(name)?.[0]?.value;
      return value === undefined ? [] : [[name, value] as const];
    });
    return Object.fromEntries([...entries, ...concepts]);
  }
}

/** A key that is sent was read, empty or not. */
function prefetchedOf({ given }: Pick<OperationCall, 'given'>): Map<string, QueryAnswer> {
  return new Map(
    (given.get('prefetchData') ?? []).map(({ part = [] }) => {
      const key = part.find(({ name }) => name === 'key')?.value;
      const data = part.find(({ name }) => name === 'data')?.resource;
      const [first] = data ? resourcesIn(data) : [];
      const type = data?.resourceType === 'Bundle' ? (first?.resourceType ?? 'Bundle') : (data?.resourceType ?? '');
      return [String(key), data ? contentOf(data, type) : { resources: [], read: true }];
    }),
  );
}
