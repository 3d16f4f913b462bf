/** What the rule explorer asks, from its own origin and without a token (ADR 0023): rules, and what they say of nobody. */
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { ExplorerSide } from '../explorer/explorer-side.ts';
import { sameOrigin } from './same-origin.ts';

/** Routes. `guards` read and admit a body. */
export function explorerApi(explorer: ExplorerSide, guards: RequestHandler[]): Router {
  const router = Router();
  router.use(sameOrigin);
  router.get('/rules', (_request, response) => {
    response.json(explorer.plans());
  });
  router.post('/what-if', guards, ({ body }: Request, response: Response) => {
    response.json(explorer.whatIf(body));
  });
  router.post('/heat-map', guards, async ({ body }: Request, response: Response) => {
    response.json(await explorer.heatMap(body));
  });
  return router;
}
