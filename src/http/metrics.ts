/** `/metrics`: for Prometheus, behind the site's token (ADR 0024). */
import type { RequestHandler } from 'express';

/** @param read what was counted; absent where nobody may look: then there is nothing here */
export function exposeMetrics(read: (() => Promise<{ mediaType: string; text: string }>) | undefined): RequestHandler {
  return async (_request, response, next) => {
    if (!read) return next();
    const { mediaType, text } = await read();
    response.type(mediaType).send(text);
  };
}
