/** For what only our own pages ask. */
import type { RequestHandler } from 'express';
import { ServiceError } from '../errors.ts';

/** A page of another origin is turned away before its body is read; programs that name no origin are not. */
export const sameOrigin: RequestHandler = ({ headers }, response, next) => {
  response.set({ 'cache-control': 'no-store', vary: 'origin' });
  const from = headers['sec-fetch-site'];
  if (from === undefined || from === 'same-origin' || from === 'none') return next();
  throw new ServiceError('other-origin', 'Only the pages of this service ask here');
};
