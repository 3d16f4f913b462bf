import { assess } from '../call-service.ts';
import { ServiceError } from '../errors.ts';
import type { OperationOutcome, OperationOutcomeIssue, Parameters, Questionnaire } from '../fhir/types.ts';
import { chartOf } from './assess.ts';
import type { OperationCall } from './operation.ts';
import { textGiven } from './parameters.ts';
import { populate } from './populate.ts';

type Issue = OperationOutcomeIssue;

/** `Questionnaire/$populate`. @throws ServiceError `bad-request`, `unknown-resource`, `wrong-patient`, `refused` */
export function populateOperation(call: OperationCall): Parameters {
  const { given, served, moment } = call;
  const questionnaire = questionnaireOf(call);
  const prepared = served.topics.find(({ topic }) => topic.questionnaires.some(({ url }) => url === questionnaire.url));
  if (!prepared) throw new ServiceError('unknown-resource', 'No plan reads this Questionnaire');
  const chart = chartOf(prepared, given);
  const { evidence } = assess(prepared, chart, moment);
  const response = populate(
    questionnaire,
    evidence.facts,
    `Patient/${chart.patientId}`,
    new Date(moment.now).toISOString(),
  );
  const asked = [...evidence.facts.values()].filter(({ definition }) => {
    return definition.questionnaire === questionnaire.url && !definition.confidential && !definition.readOnly;
  });
  const issue = [
    ...evidence.setAside.map(({ reference, reason }) => note(`${reference} was not read: ${reason}`)),
    ...asked.flatMap(({ definition, setAside }) =>
      setAside.map(({ reference, reason }) => note(`${definition.name}: ${reference} was not used: ${reason}`)),
    ),
  ];
  const issues: OperationOutcome = { resourceType: 'OperationOutcome', issue };
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'response', resource: response },
      ...(issue.length > 0 ? [{ name: 'issues', resource: issues }] : []),
    ],
  };
}

const note = (diagnostics: string): Issue => ({ severity: 'information', code: 'informational', diagnostics });

function questionnaireOf({ id, given, served: { library } }: OperationCall): Questionnaire {
  if (id !== undefined) {
    const found = library.read('Questionnaire', id);
    if (found?.resourceType === 'Questionnaire') return found;
    throw new ServiceError('unknown-resource', 'There is no such Questionnaire');
  }
  const canonical = textGiven(given, 'canonical');
  if (canonical === undefined) {
    throw new ServiceError('bad-request', 'No Questionnaire is named', ['canonical: is required at type level']);
  }
  const [, version] = canonical.split('|');
  const found = library.questionnaire(canonical);
  if (found && (version === undefined || version === found.version)) return found;
  throw new ServiceError('unknown-resource', 'There is no such Questionnaire');
}
