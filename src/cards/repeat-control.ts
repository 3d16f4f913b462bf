/** What was overridden before is not told in full again, where that is safe (spec C.2-8). */
import { knownReason, reasonText, settles } from '../cds-hooks/override-reasons.ts';
import type { Override } from '../cds-hooks/overrides.ts';
import type { Resolution } from '../evidence/read-resolutions.ts';
import { printInstant } from '../fhir/dates.ts';
import { baseOf } from '../knowledge/systems.ts';
import type { Topic } from '../knowledge/topic.ts';
import type { CardContext } from './card-context.ts';
import { escaped } from './escape.ts';

/**
 * The override that keeps a finding from being told in full: of a card that said the same at the same hook, of the same
 * level and plan, while the level allows it. Nothing is kept back where the hook judges more than the finding (a
 * booking, what was dealt with), or where something could not be read or evaluated.
 */
export function silencedBy({ topic, decision, contact, findings, moment }: CardContext): Override | undefined {
  const silencedFor = findings[0]?.group.silencedFor;
  if (silencedFor === undefined || contact.bookings || contact.resolutions) return undefined;
  if (decision.evidence.unread.length + decision.failures.length > 0) return undefined;
  return contact.overrides?.find(
    ({ hook, level, plan, at }) =>
      hook === contact.hook && level === decision.level && plan === versioned(topic) && moment.now - at < silencedFor,
  );
}

/** When and why, in words; the clinician's comment stays where it was written. */
export function printOverride({ at, reason }: Override, { topic, moment }: CardContext): string {
  const known = knownReason(baseOf(topic.url), reason?.code, reason?.system);
  const why = known ? reasonText(known) : reason ? 'a reason of the EHR’s own' : 'no reason given';
  return `${printInstant(at, moment.zone)} ${escaped(moment.zone)}: ${why}`;
}

/** An override whose reason documents that the finding was dealt with (spec E "Resolution evidence"). */
export function documentedIn(overrides: readonly Override[] | undefined, topic: Topic): Resolution | undefined {
  for (const { at, reason, plan } of overrides ?? []) {
    const known = knownReason(baseOf(topic.url), reason?.code, reason?.system);
    if (known && settles(known) && plan === versioned(topic)) return { at, reason: reasonText(known) };
  }
  return undefined;
}

const versioned = ({ id, version }: Topic): string => `${id}|${version}`;
