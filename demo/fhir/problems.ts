import { getStatus, OperationOutcomeError } from '@medplum/core';
import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes';

/** A request that this server refuses, with its HTTP status and FHIR issue type. */
export class FhirProblem extends Error {
  override readonly name = 'FhirProblem';
  readonly status: number;
  readonly code: OperationOutcomeIssue['code'];

  constructor(status: number, code: OperationOutcomeIssue['code'], message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Any failure as status and OperationOutcome; what went wrong inside the server is not told. */
export function describeProblem(error: unknown): { status: number; outcome: OperationOutcome } {
  if (error instanceof OperationOutcomeError) return { status: getStatus(error.outcome), outcome: error.outcome };
  if (error instanceof FhirProblem) return { status: error.status, outcome: outcomeOf(error.code, error.message) };
  const status = statusOfParser(error);
  if (status !== undefined) return { status, outcome: outcomeOf('structure', 'The body could not be read') };
  return { status: 500, outcome: outcomeOf('exception', 'Internal error') };
}

/** Express' body parsers fail with a client status, for example 413. */
function statusOfParser(error: unknown): number | undefined {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status < 500 ? status : undefined;
}

function outcomeOf(code: OperationOutcomeIssue['code'], diagnostics: string): OperationOutcome {
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] };
}
