/** What the authorization server of the demonstration has given out; it forgets with the process. */
import { randomBytes } from 'node:crypto';

/** What an EHR hands to an app that it launches. */
export type Launch = { readonly patient: string; readonly appContext?: string | undefined };

/** What stands behind a code: who asked, and how the answer to PKCE will be checked. */
export type CodeGrant = {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly scope: string;
  readonly launch: Launch;
};

export type Access = { readonly patient: string; readonly scope: string };

const CODE_SECONDS = 60;
const LAUNCH_SECONDS = 300;
export const TOKEN_SECONDS = 3600;

export type Grants = ReturnType<typeof makeGrants>;

/** Launches, codes and tokens, each with its end. @param now in milliseconds */
export function makeGrants(now: () => number) {
  const launches = kept<Launch>(LAUNCH_SECONDS, now);
  const codes = kept<CodeGrant>(CODE_SECONDS, now);
  const tokens = kept<Access>(TOKEN_SECONDS, now);
  const tokenOfCode = new Map<string, string>();
  return {
    launched: launches.add,
    launch: launches.find,
    code: codes.add,
    /** A code works once; one that comes again was stolen, and takes its token with it (RFC 6749, 4.1.2). */
    redeem: (code: string): CodeGrant | undefined => {
      const grant = codes.find(code);
      codes.remove(code);
      const given = tokenOfCode.get(code);
      if (given !== undefined) tokens.remove(given);
      return grant;
    },
    token: (code: string, access: Access): string => {
      const token = tokens.add(access);
      tokenOfCode.set(code, token);
      return token;
    },
    access: tokens.find,
    revoke: tokens.remove,
  };
}

/** Values behind names that nobody can guess. */
function kept<Value>(seconds: number, now: () => number) {
  const values = new Map<string, { value: Value; until: number }>();
  return {
    add: (value: Value): string => {
      for (const [name, { until }] of values) if (until <= now()) values.delete(name);
      const name = randomBytes(24).toString('base64url');
      values.set(name, { value, until: now() + 1000 * seconds });
      return name;
    },
    find: (name: string): Value | undefined => {
      const found = values.get(name);
      return found && found.until > now() ? found.value : undefined;
    },
    remove: (name: string): void => void values.delete(name),
  };
}
