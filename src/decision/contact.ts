/** What the moment of care adds to a Decision (spec E). */
import type { Override } from '../cds-hooks/overrides.ts';
import type { Bookings } from '../evidence/read-appointments.ts';
import type { PendingResult } from '../evidence/read-pending.ts';
import type { Resolution } from '../evidence/read-resolutions.ts';
import type { LevelGroup } from '../knowledge/topic.ts';

/** The level at the contact before this one. */
export type EarlierLevel = { group: LevelGroup; at: number };

export type Contact = {
  hook: string;
  /** Appointments being booked; absent at other hooks. */
  bookings?: Bookings | undefined;
  /** Clinicians' assessments by rule id; absent at hooks that do not ask for them. */
  resolutions?: ReadonlyMap<string, Resolution> | undefined;
  /** The assessments could not all be read. */
  resolutionsUnread: boolean;
  pending: PendingResult[];
  /** Overrides of this finding, newest first; absent when they are not known. */
  overrides?: readonly Override[] | undefined;
  /** Only when the level rose since. */
  earlier?: EarlierLevel | undefined;
};
