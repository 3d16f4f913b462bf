/** An authorization server (SMART App Launch 2.2) before the FHIR server of the demonstration. */
import express, { type RequestHandler, type Router } from 'express';
import { z } from 'zod';
import { answerWithProblem, JSON_TYPES } from '../fhir/responses.ts';
import { authorize, type RegisteredApp } from './authorize.ts';
import { smartConfiguration } from './configuration.ts';
import { demandToken } from './demand-token.ts';
import { makeGrants } from './grants.ts';
import { type Person, PICKER_STYLE } from './picker.ts';
import { exchange } from './token.ts';

type Parts = {
  readonly app: RegisteredApp;
  /** The FHIR server, open: it is reached here with a token only. */
  readonly fhir: RequestHandler;
  readonly people: () => Promise<Person[]>;
  readonly now: () => Date;
  /** Origin by which clients know the service, when it is not the one they call. */
  readonly origin?: string | undefined;
};

const launchAsked = z.strictObject({
  patient: z.string().min(1).max(64),
  appContext: z.string().max(20_000).optional(),
});
const POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** To be mounted at `/smart`: `launch` for the EHR, `authorize`, `token` and `revoke` for the app, `fhir` behind them. */
export function serveSmart({ app, fhir, people, now, origin }: Parts): Router {
  const grants = makeGrants(() => now().getTime());
  const baseOf = (host: string) => `${origin ?? `http://${host}`}/smart`;
  const secured: RequestHandler = (_request, response, next) => {
    response.set({ 'content-security-policy': POLICY, 'cache-control': 'no-store' });
    next();
  };
  const form = express.urlencoded({ extended: false });
  const router = express.Router();
  router.get('/fhir/.well-known/smart-configuration', (request, response) => {
    response.json(smartConfiguration(baseOf(request.get('host') ?? '')));
  });
  // The EHR of the demonstration has nobody to sign in either: the data are synthetic.
  router.post('/launch', express.json({ limit: '32kb' }), (request, response) => {
    const { data } = launchAsked.safeParse(request.body);
    if (data) response.json({ launch: grants.launched(data) });
    else response.status(400).json({ error: 'invalid_request' });
  });
  router.get('/picker.css', (_request, response) => {
    response.type('css').send(PICKER_STYLE);
  });
  router.get('/authorize', secured, authorize({ app, grants, audienceOf: (host) => `${baseOf(host)}/fhir`, people }));
  router.post('/token', form, exchange(grants));
  // RFC 7009: an unknown token is no error.
  router.post('/revoke', form, ({ body }, response) => {
    grants.revoke(String(body?.token));
    response.end();
  });
  router.use('/fhir', express.json({ type: JSON_TYPES, limit: '2mb' }), demandToken(grants), fhir);
  router.use('/fhir', answerWithProblem);
  return router;
}
