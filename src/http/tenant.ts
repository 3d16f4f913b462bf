/** Whose client calls. */
import type { Response } from 'express';

/** Everybody, where clients are not told apart. */
const OPEN = 'open';

/** The tenant that client authentication found; it leaves it in `response.locals.tenant`. */
export function tenantOf({ locals }: Response): string {
  return typeof locals.tenant === 'string' ? locals.tenant : OPEN;
}
