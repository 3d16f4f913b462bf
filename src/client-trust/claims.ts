/** What a token must say (CDS Hooks 2.0.1 "Trusting CDS Clients"; bar J4-J6). */
import { z } from 'zod';

/** Longest life of a token in seconds (SMART: five minutes). */
export const MOST_LIFE = 300;
/** Clocks may differ by so many seconds. */
export const SKEW = 60;

/** Keys that a token brings along, or points to, identify nobody. */
const FOREIGN_KEYS = ['jwk', 'x5u', 'x5c', 'x5t', 'x5t#S256'];

const name = z.string().min(1).max(256);

/** Header members that choose the key. */
export const header = z
  .looseObject({ kid: name, alg: z.string(), jku: z.string().optional() })
  .refine((members) => !FOREIGN_KEYS.some((key) => Object.hasOwn(members, key)), 'brings a key of its own');

/** Claims that choose the issuer; nothing of them is believed before the signature is checked. */
export const issuerClaims = z.looseObject({ iss: z.string().min(1), tenant: z.string().optional() });

/** Claims beside those that the library checks (`iss`, `aud`, `nbf`, and that `exp` and `iat` fit the clock). */
export const claims = z
  .looseObject({ exp: z.number(), iat: z.number(), jti: name })
  .refine(({ exp, iat }) => exp > iat && exp - iat <= MOST_LIFE, 'lives too long');
