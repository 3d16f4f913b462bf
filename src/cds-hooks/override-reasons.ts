/** Why a card was overridden; one short list for every card. */
const REASONS = {
  'already-done': 'Already done',
  'not-applicable': 'Does not apply to this patient',
  'wrong-data': 'The data are wrong',
  'patient-declined': 'The patient declined',
  other: 'Other',
} as const;

/** Codings of the override reasons. @param base canonical base of the topic's resources */
export function overrideReasons(base: string): { system: string; code: string; display: string }[] {
  return Object.entries(REASONS).map(([code, display]) => ({
    system: `${base}/CodeSystem/override-reasons`,
    code,
    display,
  }));
}
