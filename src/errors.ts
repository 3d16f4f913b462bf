/** The closed list of failures, with stable codes. HTTP status codes are given to them in `http/` only. */
export type ErrorCode =
  | 'bad-request'
  | 'unknown-service'
  | 'unknown-resource'
  | 'refused'
  | 'not-processable'
  | 'wrong-patient'
  | 'data-unavailable'
  | 'too-large'
  | 'body-not-supported'
  | 'unauthenticated'
  | 'other-origin'
  | 'too-many-calls'
  | 'overloaded'
  | 'unknown-card'
  | 'store-unavailable'
  | 'bad-configuration'
  | 'bad-knowledge';

/** A failure that somebody outside can act on; `message` never holds patient data. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ErrorCode;
  /** Further findings, one line each. */
  readonly details: readonly string[];

  constructor(code: ErrorCode, message: string, details: readonly string[] = []) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
