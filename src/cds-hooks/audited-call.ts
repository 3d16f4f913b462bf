/** What is kept of a call that used a patient's data: who, whose, when, by what; never what the data say (bar R11). */
export type AuditedCall = {
  /** Id of the patient at the EHR. */
  patientId: string;
  /** `Practitioner/id` and the like, where the call names who looks at the answer. */
  user?: string | undefined;
  /** The hook instance, or what else tells this call from others. */
  requestId?: string | undefined;
  /** Id of the plan, or the name of the operation. */
  service: string;
  /** The client as it proved who it is; undefined where nobody has to. */
  issuer?: string | undefined;
  /** Its network address. */
  address: string;
  outcome: 'success' | 'refused' | 'failed';
};

/** Keeps it. Returns at once and never throws: an answer does not wait for a database. */
export type RecordCall = (call: AuditedCall) => void;

/** An AuditEvent as it is kept: FHIR JSON of one line. */
export type AuditEntry = {
  id: string;
  /** Milliseconds since 1970. */
  recordedAt: number;
  event: string;
};

/** Days of UTC: `from` until before `until`, in milliseconds since 1970. */
export type AuditPeriod = { from: number; until: number };

/** What is kept of a period, oldest first, a page at a time. @throws ServiceError `store-unavailable` */
export type ReadAudit = (period: AuditPeriod) => AsyncIterable<AuditEntry[]>;
