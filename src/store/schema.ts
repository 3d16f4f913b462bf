/** The tables as Kysely sees them. Instants are milliseconds since 1970; lists are JSON. */
export type Schema = {
  issued_card: {
    uuid: string;
    tenant: string;
    service: string;
    hook: string;
    plan: string;
    level: string | null;
    rules: string;
    fingerprint: string | null;
    issued_at: number;
  };
  feedback: {
    card: string;
    outcome: string;
    outcome_at: number;
    accepted_suggestions: string | null;
    reason_system: string | null;
    reason_code: string | null;
    comment: string | null;
    received_at: number;
    /** Of the card, on overrides only: what was said of a finding is found by it. */
    fingerprint: string | null;
  };
  /** FHIR JSON; `due_at` is when it may be handed on, null when it need not be (again). */
  audit_event: { id: string; recorded_at: number; event: string; due_at: number | null };
  secret: { name: string; value: string };
  used_token: { token: string; expires_at: number };
};
