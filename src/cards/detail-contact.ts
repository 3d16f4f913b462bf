/** "At this contact": what the moment of care adds (spec E). */
import { latestStart } from '../decision/booking.ts';
import { printInstant } from '../fhir/dates.ts';
import { verdictOn } from './at-hook.ts';
import type { CardContext } from './card-context.ts';
import { escaped } from './escape.ts';
import { printOverride } from './repeat-control.ts';
import { bullet, type Section } from './section.ts';

/** The level before, the booking, what is pending or settled, and the plan's notes for the hook. */
export function contactSection(context: CardContext): Section {
  return {
    title: 'At this contact',
    lines: [
      ...earlierLines(context),
      ...overrideLines(context),
      ...bookingLines(context),
      ...dischargeLines(context),
      ...noteLines(context),
    ].map(bullet),
  };
}

function earlierLines({ contact: { earlier }, moment }: CardContext): string[] {
  if (!earlier) return [];
  return [`Level rose since the last contact: was “${escaped(earlier.group.title)}” on ${at(earlier.at, moment.zone)}`];
}

/** What is shown again in full says what was said of it before (spec C.2-8). */
function overrideLines(context: CardContext): string[] {
  const [latest] = context.contact.overrides ?? [];
  return latest ? [`The same finding was overridden ${printOverride(latest, context)}`] : [];
}

function bookingLines(context: CardContext): string[] {
  const verdict = verdictOn(context);
  const { zone } = context.moment;
  if (!verdict) return [];
  const { chosen, latest, wrong, fellThrough, late } = verdict;
  const notRead = context.contact.bookings?.notRead ?? 0;
  const start = chosen?.start === undefined ? 'start not readable' : at(chosen.start, zone);
  return [
    ...(chosen ? [`Chosen: ${start} (${escaped(chosen.reference)})`] : ['No appointment stands']),
    ...(latest === undefined
      ? []
      : [`Latest allowed: ${at(latest, zone)}${late ? ', the chosen time is not in it' : ''}`]),
    ...new Set(wrong.map(({ display, code = '' }) => `Wrong service at this level: ${escaped(display ?? code)}`)),
    ...fellThrough.map(
      ({ start: planned, reference }) =>
        `Cancelled or not attended: ${planned === undefined ? '' : `${at(planned, zone)}, `}${escaped(reference)}`,
    ),
    ...(notRead > 0 ? [`Not read: ${notRead} (another patient's, entered in error, or not readable)`] : []),
  ];
}

function dischargeLines({ contact, findings, moment }: CardContext): string[] {
  if (!contact.resolutions) return [];
  const [first] = findings;
  const rules = first?.fired.map(({ rule }) => rule) ?? [];
  const followUp = first && !first.settled ? latestStart(first.group, rules, moment.now) : undefined;
  const settled = findings.flatMap((level) => [...(level.settled ?? [])]);
  return [
    ...settled.map(
      ([rule, resolution]) =>
        `Dealt with: ${escaped(rule)}, ${'reason' in resolution ? 'overridden' : 'assessed'} ${at(resolution.at, moment.zone)} (${escaped('reason' in resolution ? resolution.reason : resolution.reference)})`,
    ),
    ...(contact.resolutionsUnread ? ['Assessments could not be read: what was dealt with is not known'] : []),
    ...contact.pending.map(({ label, reference }) => `Result pending: ${escaped(label)} (${escaped(reference)})`),
    ...(followUp === undefined ? [] : [`Follow-up no later than ${at(followUp, moment.zone)}`]),
  ];
}

function noteLines({ decision }: CardContext): string[] {
  return decision.notes
    .filter(({ forPatient }) => !forPatient)
    .map(({ title, text }) => (title === undefined ? escaped(text) : `**${escaped(title)}:** ${escaped(text)}`));
}

const at = (instant: number, zone: string): string => `${printInstant(instant, zone)} ${escaped(zone)}`;
