/** Who may see what the service has counted: whoever holds the site's token (ADR 0025). */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { ServiceError } from '../errors.ts';
import { sendOutcome } from './errors.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Without a token there is nothing at this address; in the demonstration, where every patient is made up, everybody may.
 * @param token ADMIN_TOKEN
 */
export function adminOnly(token: string | undefined, demonstration: boolean): RequestHandler {
  const wanted = token === undefined ? undefined : digest(token);
  return ({ headers }, response, next) => {
    response.set('cache-control', 'no-store');
    if (wanted === undefined) {
      if (demonstration) return next();
      return sendOutcome(response, 404, 'not-found', ['There is nothing at this address']);
    }
    const given = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
    // Digests are of one length, so that the time tells nothing.
    if (!timingSafeEqual(digest(given), wanted)) throw new ServiceError('unauthenticated', 'The token is not this one');
    next();
  };
}
