// SMART App Launch 2.2, "Obtain authorization code"; RFC 7636 (PKCE), only S256.
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { SCOPE } from './configuration.ts';
import type { Grants, Launch } from './grants.ts';
import { type Person, pickerPage, refusalPage } from './picker.ts';

/** An app that may be launched. */
export type RegisteredApp = { readonly clientId: string; readonly redirectUris: readonly string[] };

type Parts = {
  readonly app: RegisteredApp;
  readonly grants: Grants;
  /** Base of the FHIR server as the client names it. */
  readonly audienceOf: (host: string) => string;
  readonly people: () => Promise<Person[]>;
};

/** RFC 7636, 4.2: 43 characters are 256 bits in base64url. */
const asked = z.object({
  response_type: z.literal('code'),
  scope: z.string(),
  state: z.string().min(1),
  aud: z.string(),
  code_challenge: z.string().regex(/^[\w-]{43}$/),
  code_challenge_method: z.literal('S256'),
  launch: z.string().optional(),
  patient: z.string().optional(),
  /** The person at the screen does not want it. */
  denied: z.literal('true').optional(),
});

/**
 * `GET /authorize`. A launch from the EHR names its patient; without one a person is picked. Whoever can open the
 * demonstration may: there is nobody to sign in.
 */
export function authorize({ app, grants, audienceOf, people }: Parts): RequestHandler {
  return async (request, response) => {
    const { client_id: clientId, redirect_uri: redirectUri } = request.query;
    // Nobody is sent to an address that is not registered, not even with an error.
    if (clientId !== app.clientId || typeof redirectUri !== 'string' || !app.redirectUris.includes(redirectUri)) {
      response.status(400).send(refusalPage('This app, or the address it wants to go back to, is not registered.'));
      return;
    }
    const back = (members: Record<string, string>) => {
      const state = typeof request.query.state === 'string' ? { state: request.query.state } : {};
      response.redirect(303, `${redirectUri}?${new URLSearchParams({ ...members, ...state })}`);
    };
    const { data, error } = asked.safeParse(request.query);
    if (!data)
      return back({
        error: 'invalid_request',
        error_description: `${String(error.issues[0]?.path[0])} is missing or wrong`,
      });
    if (data.aud !== audienceOf(request.get('host') ?? '')) {
      return back({ error: 'invalid_request', error_description: 'aud is not this server' });
    }
    if (data.denied) return back({ error: 'access_denied', error_description: 'the app was not let in' });
    const scopes = data.scope.split(' ');
    const known = data.launch === undefined ? undefined : grants.launch(data.launch);
    if (data.launch !== undefined && !known) {
      return back({ error: 'invalid_request', error_description: 'the launch is not known, or too old' });
    }
    const listed = known ? [] : await people();
    const launch: Launch | undefined =
      known ?? (listed.find(({ id }) => id === data.patient) && { patient: `${data.patient}` });
    if (!launch) {
      response.send(pickerPage(request.originalUrl, listed));
      return;
    }
    const scope = scopes.filter((one) => one === 'launch' || one === 'launch/patient' || SCOPE.test(one)).join(' ');
    back({ code: grants.code({ clientId, redirectUri, challenge: data.code_challenge, scope, launch }) });
  };
}
