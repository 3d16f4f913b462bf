/** Who calls, before anything else is done for them: one 401 for every fault. */
import type { Request, RequestHandler, Response } from 'express';
import type { Client, IdentifyClient } from '../cds-hooks/client.ts';
import { ServiceError } from '../errors.ts';

/** Puts the client where `clientOf` finds it. */
export function authenticate(identify: IdentifyClient): RequestHandler {
  return async (request, response, next) => {
    const client = await identify({
      authorization: request.headers.authorization,
      origin: request.headers.origin,
      path: pathOf(request),
      address: request.socket.remoteAddress ?? '',
    });
    response.locals.client = client;
    // What was issued to one client is not shown to another; who is not known is everybody.
    if (client.issuer !== undefined) response.locals.tenant = client.name;
    next();
  };
}

/** The client of a request that was authenticated. */
export const clientOf = ({ locals }: Response): Client => locals.client as Client;

/** Calls of one client above `perSecond`, counted over two seconds, are refused. @param now milliseconds that only grow */
export function limitRate(perSecond: number, now: () => number = () => performance.now()): RequestHandler {
  const buckets = new Map<string, { left: number; at: number }>();
  return (_request, response, next) => {
    const { name } = clientOf(response);
    const at = now();
    const bucket = buckets.get(name) ?? { left: 2 * perSecond, at };
    bucket.left = Math.min(2 * perSecond, bucket.left + ((at - bucket.at) * perSecond) / 1_000);
    bucket.at = at;
    buckets.set(name, bucket);
    if (bucket.left < 1) throw new ServiceError('too-many-calls', 'This client calls too often');
    bucket.left -= 1;
    next();
  };
}

function pathOf({ originalUrl }: Request): string {
  const end = originalUrl.indexOf('?');
  return end < 0 ? originalUrl : originalUrl.slice(0, end);
}
