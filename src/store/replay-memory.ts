/** Used tokens, in the database for all replicas and in this process for the time it is lost. */
import { createHash } from 'node:crypto';
import type { ReplayMemory } from '../cds-hooks/replay-memory.ts';
import type { Token } from './tables.ts';

/** Tokens live minutes; what an attacker could fill is bounded. */
const MOST_KNOWN = 200_000;
/** Rows of one statement. */
const MOST_ROWS = 500;

export type RecoveringReplayMemory = ReplayMemory & {
  /** Writes the tokens that were accepted while the database was lost. */
  settle: (insert: InsertTokens) => Promise<void>;
};

type InsertTokens = (tokens: Token[]) => Promise<Set<string>>;
type Batch = { tokens: Token[]; fresh: Promise<Set<string>> };

/**
 * A replay memory.
 * @param insert fails when the database is lost
 */
export function replayMemory(insert: InsertTokens, clock: () => number): RecoveringReplayMemory {
  const known = new Map<string, number>();
  const owed = new Map<string, number>();
  let open: Batch | undefined;

  /** Calls that arrive together share a statement. */
  const insertTogether = (token: Token): Promise<Set<string>> => {
    if (open && open.tokens.length < MOST_ROWS) {
      open.tokens.push(token);
      return open.fresh;
    }
    const tokens = [token];
    const written = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      if (open === batch) open = undefined;
      return insert(tokens);
    });
    const batch: Batch = { tokens, fresh: written };
    open = batch;
    return written;
  };

  return {
    remember: async (issuer, jti, expires) => {
      // One size, whatever a client sends.
      const token = createHash('sha256')
        .update(JSON.stringify([issuer, jti]))
        .digest('base64url');
      if (known.has(token)) return 'seen';
      add(known, token, expires, clock());
      try {
        return (await insertTogether({ token, expires })).has(token) ? 'new' : 'seen';
      } catch {
        // The loss is logged and counted where it was noticed.
        add(owed, token, expires, clock());
        return 'new';
      }
    },
    settle: async (insertNow) => {
      while (owed.size > 0) {
        const tokens = [...owed].slice(0, MOST_ROWS).map(([token, expires]) => ({ token, expires }));
        await insertNow(tokens);
        for (const { token } of tokens) owed.delete(token);
      }
    },
  };
}

/** Adds a token; the oldest go when they have expired, or when there are too many. */
function add(tokens: Map<string, number>, token: string, expires: number, now: number): void {
  tokens.set(token, expires);
  for (const [oldest, until] of tokens) {
    if (until >= now && tokens.size <= MOST_KNOWN) break;
    tokens.delete(oldest);
  }
}
