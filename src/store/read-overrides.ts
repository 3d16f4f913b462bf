/** Overrides of a finding, asked for while a clinician waits. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Overrides } from '../cds-hooks/overrides.ts';
import { ServiceError } from '../errors.ts';
import type { Availability } from './availability.ts';
import type { Tables } from './tables.ts';

/** A database that answers takes a few milliseconds. */
const OVERRIDES_WITHIN_MS = 150;

/** The overrides of a store. */
export function readOverrides(tables: Tables, database: Availability, withinMs = OVERRIDES_WITHIN_MS): Overrides {
  return {
    of: async (to, fingerprint) => {
      const over = new AbortController();
      const late = delay(withinMs, 'late' as const, { signal: over.signal }).catch(() => 'late' as const);
      try {
        // Who is late is not lost: the answer is not waited for, and the database's own limits end the question.
        const found = await Promise.race([database.use(() => tables.overridesOf(to, fingerprint)), late]);
        if (found === 'late') throw new ServiceError('store-unavailable', 'What was overridden is not known in time');
        return found;
      } finally {
        over.abort();
      }
    },
  };
}
