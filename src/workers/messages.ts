/** What workers and the process above them say to each other. */

/** What one process has counted, as prom-client hands it over. */
export type Counts = object[];

export type FromWorker =
  | { say: 'alive' }
  /** It may be sent calls; `knowledge` is a hash of what it serves. Said again after a reload. */
  | { say: 'serving'; knowledge: string }
  /** What have all of us counted? */
  | { say: 'all?'; question: number }
  /** `failed`: why there are no counts. */
  | { say: 'mine'; question: number; counts: Counts; failed?: string };

export type ToWorker =
  | { say: 'all'; question: number; mediaType: string; text: string }
  /** What have you counted? */
  | { say: 'yours?'; question: number };

/** Libraries may speak over the same channel. */
export const isOurs = (message: unknown): message is { say: string } =>
  typeof message === 'object' && message !== null && 'say' in message;
