import type { OperationOutcome, OperationOutcomeIssue } from '../fhir/types.ts';
import { responsesGiven } from './given-resources.ts';
import type { OperationCall } from './operation.ts';
import { issuesOf } from './validate-response.ts';

const NO_ISSUES: OperationOutcomeIssue = { severity: 'information', code: 'informational', diagnostics: 'No issues' };

/** `QuestionnaireResponse/$validate`: findings are the answer, no failure of the call. */
export function validateOperation({ given, served, moment }: OperationCall): OperationOutcome {
  const [response] = responsesGiven(given, 'resource');
  const issue = response ? issuesOf(response, served.library, moment.now) : [];
  return { resourceType: 'OperationOutcome', issue: issue.length > 0 ? issue : [NO_ISSUES] };
}
