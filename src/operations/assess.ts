/** `PlanDefinition/$assess`: answers, and a chart if there is one, through the same core as the hooks. */
import { assess, type PreparedTopic } from '../call-service.ts';
import { ServiceError } from '../errors.ts';
import type { Chart } from '../evidence/chart.ts';
import { typeAndId } from '../fhir/references.ts';
import type { Bundle, FhirResource } from '../fhir/types.ts';
import { decidedAsFhir } from './decided-as-fhir.ts';
import { chartGiven, responsesGiven } from './given-resources.ts';
import type { OperationCall } from './operation.ts';
import { type Arguments, referenceGiven, textGiven, textsGiven } from './parameters.ts';

/** The Decision as FHIR. @throws ServiceError `bad-request`, `unknown-resource`, `wrong-patient`, `refused` */
export function assessOperation(call: OperationCall): Bundle {
  const { moment, settings, newUuid, strict } = call;
  const prepared = topicOf(call);
  const chart = chartOf(prepared, call.given);
  const decision = assess(prepared, chart, moment, { strict });
  const parts = decidedAsFhir({ prepared, chart, decision, moment, settings, newUuid });
  return { resourceType: 'Bundle', type: 'collection', entry: parts.flat() };
}

/** The plan that is asked for; the only one when none is named. */
function topicOf({ id, given, served: { topics } }: OperationCall): PreparedTopic {
  const canonical = textGiven(given, 'plan');
  const [first, ...others] = topics;
  if (id === undefined && canonical === undefined && first && others.length === 0) return first;
  if (id === undefined && canonical === undefined) {
    throw new ServiceError('bad-request', 'Several plans are served here', ['plan: is required']);
  }
  const named = topics.find(({ topic }) => {
    return id === undefined ? [topic.url, `${topic.url}|${topic.version}`].includes(canonical ?? '') : topic.id === id;
  });
  if (!named) throw new ServiceError('unknown-resource', 'There is no such plan');
  return named;
}

/**
 * What is known of one person. Who sends answers sends all of them; of other types only `searched` says that what is
 * not there is "none", and not "not looked for".
 */
export function chartOf({ needs }: PreparedTopic, given: Arguments): Chart {
  const responses = responsesGiven(given, 'response');
  const resources: FhirResource[] = [...responses, ...chartGiven(given, 'chart')];
  const searched = textsGiven(given, 'searched');
  const unknown = searched.filter((type) => !needs.some((need) => need.type === type));
  if (unknown.length > 0) {
    const known = needs.map(({ type }) => type).join(', ');
    throw new ServiceError('bad-request', 'A type is named that this plan does not read', [
      `searched: one of ${known}`,
    ]);
  }
  const subject = subjectOf(given, resources);
  const patientId = subject.slice('Patient/'.length);
  if (resources.some(({ resourceType, id }) => resourceType === 'Patient' && id !== patientId)) {
    throw new ServiceError('wrong-patient', 'The chart holds a Patient who is not the subject');
  }
  const encounterId = typeAndId({ reference: referenceGiven(given, 'encounter') ?? '' })?.split('/')[1];
  return {
    patientId,
    encounterId,
    resources,
    read: new Set([...searched, ...responses.map(({ resourceType }) => resourceType)]),
  };
}

/** The subject that is named, else that of the first response: `Patient/id`. */
function subjectOf(given: Arguments, resources: FhirResource[]): string {
  const [response] = resources.filter((resource) => resource.resourceType === 'QuestionnaireResponse');
  const own = response?.resourceType === 'QuestionnaireResponse' ? response.subject?.reference : undefined;
  const subject = typeAndId({ reference: referenceGiven(given, 'subject') ?? own ?? '' });
  if (subject?.startsWith('Patient/')) return subject;
  throw new ServiceError('bad-request', 'It is not said who the person is', ['subject: is no reference to a Patient']);
}
