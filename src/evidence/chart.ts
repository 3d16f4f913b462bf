/** What was read about one patient, before anything is made of it. */
import type { FhirResource } from '../fhir/types.ts';

export type Chart = {
  patientId: string;
  resources: FhirResource[];
  /** Resource types whose search succeeded, an empty result included. */
  read: ReadonlySet<string>;
  /** The encounter named by the hook, if any. */
  encounterId?: string | undefined;
  /** Base of the FHIR server that the ids belong to, when it is known. */
  server?: string | undefined;
};

/** When and where facts are read. */
export type Moment = {
  /** Milliseconds since 1970. */
  now: number;
  /** IANA time zone of the site. */
  zone: string;
};
