/** What was said of the same finding before (spec C.2-8). */
import type { Override } from '../cds-hooks/overrides.ts';
import type { Decision } from '../decision/decision.ts';
import { fingerprintOf } from '../decision/fingerprint.ts';

/** What is remembered of findings, without knowing where. */
export type FindingMemory = {
  /** One-way, with a key. */
  hash: (text: string) => string;
  /** Newest first; undefined = not known. It never throws, and does not keep a clinician waiting. */
  overridesOf: (fingerprint: string) => Promise<Override[] | undefined>;
};

type Recalled = { finding?: string | undefined; overrides?: Override[] | undefined };

/** Asks only when there is something to say. */
export async function recall(
  memory: FindingMemory | undefined,
  patientId: string,
  decision: Decision,
): Promise<Recalled> {
  const speaks =
    !decision.silent && decision.results.some(({ state, raised }) => state === 'fires' || raised.length > 0);
  if (!memory || !speaks) return {};
  const finding = fingerprintOf(patientId, decision, memory.hash);
  return { finding, overrides: await memory.overridesOf(finding) };
}
