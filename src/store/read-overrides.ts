/** Overrides of a finding, asked for while a clinician waits. */
import type { Overrides } from '../cds-hooks/overrides.ts';
import { ServiceError } from '../errors.ts';
import type { Availability } from './availability.ts';
import type { Tables } from './tables.ts';

/** A database that answers takes a few milliseconds. */
const OVERRIDES_WITHIN_MS = 150;

/** The overrides of a store. */
export function readOverrides(tables: Tables, database: Availability, withinMs = OVERRIDES_WITHIN_MS): Overrides {
  return {
    of: (to, fingerprint) =>
      new Promise((resolve, reject) => {
        // Who is late is not lost: the answer is not waited for, and the database's own limits end the question.
        const late = setTimeout(
          () => reject(new ServiceError('store-unavailable', 'What was overridden is not known in time')),
          withinMs,
        );
        database
          .use(() => tables.overridesOf(to, fingerprint))
          .then(resolve, reject)
          .finally(() => clearTimeout(late));
      }),
  };
}
