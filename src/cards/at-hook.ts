/** How a hook says the highest level: words and colour (spec E). */
import { type BookingVerdict, judgeBookings } from '../decision/booking.ts';
import type { AtHook } from '../knowledge/topic.ts';
import type { CardContext } from './card-context.ts';

/** The plan's words for this hook, else the title and the colour of the level. */
export function headingAt(context: CardContext): Pick<AtHook, 'words' | 'indicator'> {
  const [first] = context.findings as [CardContext['findings'][number]];
  const verdict = verdictOn(context);
  const said = first.group.atHook.find(
    ({ hook, when }) => hook === context.contact.hook && holds(when, verdict, first.settled !== undefined),
  );
  return said ?? { words: first.group.title, indicator: first.group.indicator };
}

/** The bookings against the highest level; undefined at hooks that book nothing. */
export function verdictOn({ contact, findings, moment }: CardContext): BookingVerdict | undefined {
  const [first] = findings;
  if (!contact.bookings || !first) return undefined;
  const rules = [...first.fired.map(({ rule }) => rule), ...first.raised.map(({ result }) => result.rule)];
  return judgeBookings(contact.bookings, first.group, rules, moment.now);
}

function holds(when: AtHook['when'], verdict: BookingVerdict | undefined, isSettled: boolean): boolean {
  switch (when) {
    case 'unresolved':
      return !isSettled;
    case 'late':
      return verdict?.late === true;
    case 'reopened':
      return verdict?.reopened === true;
    case 'wrong-service':
      return (verdict?.wrong.length ?? 0) > 0;
    case 'always':
      return true;
  }
}
