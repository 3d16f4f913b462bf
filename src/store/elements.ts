/** What the two databases write differently. */
import type { RawBuilder } from 'kysely';

/** The functions that make a row, with a column `value`, of each element of a JSON array; `texts` of one of texts. */
export type Elements = {
  of: (json: string) => RawBuilder<unknown>;
  texts: (json: RawBuilder<unknown>) => RawBuilder<unknown>;
};
