// SMART App Launch 2.2, "Obtain access token": a public client, so PKCE is all that proves who asks.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { type Grants, TOKEN_SECONDS } from './grants.ts';

const asked = z.object({
  grant_type: z.literal('authorization_code'),
  code: z.string(),
  redirect_uri: z.string(),
  client_id: z.string(),
  code_verifier: z.string().regex(/^[\w.~-]{43,128}$/),
});

/** `POST /token`, with a form as its body. */
export function exchange(grants: Grants): RequestHandler {
  return ({ body }, response) => {
    response.set({ 'cache-control': 'no-store', pragma: 'no-cache' });
    const refuse = (error: string) => void response.status(400).json({ error });
    const { data } = asked.safeParse(body);
    if (!data) return refuse('invalid_request');
    const grant = grants.redeem(data.code);
    const fits =
      grant?.clientId === data.client_id &&
      grant.redirectUri === data.redirect_uri &&
      verifies(data.code_verifier, grant.challenge);
    if (!grant || !fits) return refuse('invalid_grant');
    const { scope, launch } = grant;
    response.json({
      access_token: grants.token(data.code, { patient: launch.patient, scope }),
      token_type: 'Bearer',
      expires_in: TOKEN_SECONDS,
      scope,
      patient: launch.patient,
      ...(launch.appContext !== undefined && { appContext: launch.appContext }),
    });
  };
}

function verifies(verifier: string, challenge: string): boolean {
  const hash = createHash('sha256').update(verifier).digest('base64url');
  return hash.length === challenge.length && timingSafeEqual(Buffer.from(hash), Buffer.from(challenge));
}
