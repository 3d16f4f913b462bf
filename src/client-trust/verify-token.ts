/** A bearer token -> the issuer that signed it for this very endpoint. Every fault is an exception; the caller hides which. */
import { decodeJwt, decodeProtectedHeader, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { ReplayMemory } from '../cds-hooks/replay-memory.ts';
import type { Issuer } from '../config/issuers.ts';
import { claims, header, issuerClaims, MOST_LIFE, SKEW } from './claims.ts';

/** An issuer, and where its keys come from. */
type TrustedIssuer = { issuer: Issuer; keys: JWTVerifyGetKey };

/** The only texts about a refusal that are logged; none holds anything that the client sent. */
type RefusalReason =
  | 'no bearer token'
  | 'unreadable token'
  | 'unknown issuer or tenant'
  | 'foreign key address'
  | 'signature or claim'
  | 'claim missing or too long-lived'
  | 'token was used before'
  | 'origin is not of this issuer';

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: RefusalReason;
  /** A stable code of the library, e.g. `ERR_JWT_EXPIRED`. */
  readonly detail: string | undefined;

  constructor(reason: RefusalReason, detail?: string) {
    super(reason);
    this.reason = reason;
    this.detail = detail;
  }
}

type Verification<T> = {
  issuers: readonly T[];
  /** The URL of the endpoint, exactly. */
  audience: string;
  /** Milliseconds since 1970. */
  now: number;
  replay: ReplayMemory;
};

/** Longest token that is looked at. */
const MOST_CHARACTERS = 8_192;

/** The one of `issuers` that signed. @throws Refusal */
export async function verifyToken<T extends TrustedIssuer>(
  authorization: string | undefined,
  { issuers, audience, now, replay }: Verification<T>,
): Promise<T> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined || token.length > MOST_CHARACTERS) throw new Refusal('no bearer token');
  const trusted = issuerOf(token, issuers);
  const { issuer, keys } = trusted;
  const { payload } = await jwtVerify(token, keys, {
    issuer: issuer.issuer,
    audience,
    algorithms: issuer.algorithms,
    typ: 'JWT',
    requiredClaims: ['exp', 'iat', 'jti'],
    maxTokenAge: MOST_LIFE,
    clockTolerance: SKEW,
    currentDate: new Date(now),
  }).catch((error: unknown) => {
    throw new Refusal('signature or claim', codeOf(error));
  });
  const said = claims.safeParse(payload);
  if (!said.success) throw new Refusal('claim missing or too long-lived');
  const { jti, exp } = said.data;
  const known = await replay.remember(issuer.issuer, jti, (exp + SKEW + 1) * 1_000);
  if (known === 'seen') throw new Refusal('token was used before');
  return trusted;
}

/** The registered issuer that the token says it is from. */
function issuerOf<T extends TrustedIssuer>(token: string, issuers: readonly T[]): T {
  const { head, body } = decoded(token);
  const [parsedHead, parsedBody] = [header.safeParse(head), issuerClaims.safeParse(body)];
  if (!parsedHead.success || !parsedBody.success) throw new Refusal('unreadable token');
  const { iss, tenant } = parsedBody.data;
  const trusted = issuers.find(({ issuer }) => issuer.issuer === iss && issuer.tenant === tenant);
  if (!trusted) throw new Refusal('unknown issuer or tenant');
  const { jku } = parsedHead.data;
  if (jku !== undefined && jku !== trusted.issuer.jwksUrl) throw new Refusal('foreign key address');
  return trusted;
}

function decoded(token: string): { head: unknown; body: unknown } {
  try {
    return { head: decodeProtectedHeader(token), body: decodeJwt(token) };
  } catch {
    throw new Refusal('unreadable token');
  }
}

const codeOf = (error: unknown): string | undefined => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[A-Z_]+$/.test(code) ? code : undefined;
};
