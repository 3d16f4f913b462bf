/** What became of cards (CDS Hooks 2.0.1, "Feedback"; conformance FBK, cds-fb-1, cds-fb-2). */
import { z } from 'zod';

/** No database keeps these, so they are refused before one is asked. */
const NOT_TEXT = /[\0\p{Surrogate}]/u;

const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((value) => !NOT_TEXT.test(value), 'holds a character that is no text');

const outcomeTimestamp = z.iso.datetime({ offset: true, error: 'is not a date and time with an offset' });
const common = {
  card: text(200).transform((uuid) => uuid.toLowerCase()),
  outcomeTimestamp: outcomeTimestamp.transform((instant) => Date.parse(instant)),
};
const reason = z.looseObject({ code: text(200), system: text(1000).nullish(), display: text(1000).nullish() });

/** An empty comment says nothing. */
const comment = z.union([z.literal(''), text(10_000)]);

const accepted = z.looseObject({
  ...common,
  outcome: z.literal('accepted'),
  acceptedSuggestions: z.array(z.looseObject({ id: text(200) })).min(1),
});
const overridden = z.looseObject({
  ...common,
  outcome: z.literal('overridden'),
  overrideReason: z.looseObject({ reason: reason.nullish(), userComment: comment.nullish() }).nullish(),
});

/** Entries of one request: an EHR sends a handful. */
export const MOST_ENTRIES = 1000;

export const feedbackRequest = z.looseObject({
  feedback: z.array(z.discriminatedUnion('outcome', [accepted, overridden])).min(1),
});

/** `outcomeTimestamp` in milliseconds since 1970. An override's comment is the clinician's and may speak of the patient. */
export type FeedbackEntry = z.infer<typeof feedbackRequest>['feedback'][number];

/** Where cards were shown. */
export type IssuedTo = { tenant: string; service: string };

export type Feedback = {
  /**
   * Keeps the entries whose card was issued there, each (card, outcome, timestamp) once; durable when the promise
   * resolves. A card that was issued this moment is waited for.
   * @returns the cards that were not issued there
   * @throws ServiceError `store-unavailable`
   */
  record: (to: IssuedTo, entries: FeedbackEntry[]) => Promise<Set<string>>;
};
