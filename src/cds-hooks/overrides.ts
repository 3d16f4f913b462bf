/** What clinicians overrode before, as it is asked for when the same finding comes up again (spec C.2-8). */
import type { IssuedTo } from './feedback.ts';

/** An override of a card with the same fingerprint. The clinician's comment is not among it. */
export type Override = {
  /** When it was said or when it came, whichever is earlier; milliseconds since 1970. */
  at: number;
  /** As the EHR sent it. */
  reason?: { code: string; system?: string | undefined } | undefined;
  /** Of the card that was overridden. */
  hook: string;
  level?: string | undefined;
  /** `id|version` of the plan. */
  plan: string;
};

export type Overrides = {
  /**
   * Overrides of a finding, newest first, from all replicas that share the database.
   * @throws ServiceError `store-unavailable`, and when it takes longer than a clinician should wait for it
   */
  of: (to: IssuedTo, fingerprint: string) => Promise<Override[]>;
};
