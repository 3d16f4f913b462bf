/** Why a card was overridden; one short list for every card. */
const REASONS = {
  'already-done': 'Already done',
  'not-applicable': 'Does not apply to this patient',
  'wrong-data': 'The data are wrong',
  'patient-declined': 'The patient declined',
  other: 'Other',
} as const;

export type OverrideReason = keyof typeof REASONS;

/** `other` says nothing of the finding: it documents that somebody saw the card, not that it was dealt with. */
const SETTLING: ReadonlySet<OverrideReason> = new Set<OverrideReason>([
  'already-done',
  'not-applicable',
  'wrong-data',
  'patient-declined',
]);

/** Codings of the override reasons. @param base canonical base of the topic's resources */
export function overrideReasons(base: string): readonly ReasonCoding[] {
  const known = reasonsUnder.get(base);
  if (known) return known;
  const reasons = Object.entries(REASONS).map(([code, display]) =>
    Object.freeze({ system: systemUnder(base), code, display }),
  );
  reasonsUnder.set(base, Object.freeze(reasons));
  return reasons;
}

type ReasonCoding = { readonly system: string; readonly code: string; readonly display: string };

/** The same on every card; there are as many bases as topics. */
const reasonsUnder = new Map<string, readonly ReasonCoding[]>();

/** A reason as an EHR sent it back -> one of ours, if it is one; a system that was left out is taken to be ours. */
export function knownReason(base: string, code: string | undefined, system: string | undefined) {
  const isOurs = system === undefined || system === systemUnder(base);
  return isOurs && code !== undefined && Object.hasOwn(REASONS, code) ? (code as OverrideReason) : undefined;
}

export const REASON_CODES: readonly string[] = Object.keys(REASONS);

/** A reason as it is counted: one of ours, else only that it was another one, or none. */
export const countedReason = (code: string | undefined): string =>
  code === undefined ? 'not-said' : REASON_CODES.includes(code) ? code : 'unlisted';

/** What a person reads. */
export const reasonText = (reason: OverrideReason): string => REASONS[reason];

/** Whether a reason is evidence that the finding was dealt with (spec E "documented override reason"). */
export const settles = (reason: OverrideReason): boolean => SETTLING.has(reason);

const systemUnder = (base: string): string => `${base}/CodeSystem/override-reasons`;
