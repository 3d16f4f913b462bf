import { ServiceError } from '../errors.ts';
import type { Bundle } from '../fhir/types.ts';
import { extract } from './extract.ts';
import { responsesGiven } from './given-resources.ts';
import type { OperationCall } from './operation.ts';
import { isError, issuesOf } from './validate-response.ts';

/** `QuestionnaireResponse/$extract`. @throws ServiceError `not-processable` for a response that is not valid */
export function extractOperation({ given, served, moment, newUuid }: OperationCall): Bundle {
  const [response] = responsesGiven(given, 'questionnaire-response');
  const errors = response ? issuesOf(response, served.library, moment.now).filter(isError) : [];
  const questionnaire = served.library.questionnaire(response?.questionnaire);
  if (!response || !questionnaire || errors.length > 0) {
    const details = errors.map(({ diagnostics, expression = [] }) => `${expression.join()}: ${diagnostics}`);
    throw new ServiceError('not-processable', 'The response is not valid', details);
  }
  return extract(questionnaire, response, newUuid);
}
