/** What the page sent and what came back, exactly, so that an integrator can look at it. In memory only. */

export type Exchange = {
  /** What it was for, in words. */
  purpose: string;
  method: string;
  url: string;
  /** Claims of the token that went along. */
  claims?: Record<string, unknown> | undefined;
  request?: unknown;
  /** 0 = nobody answered. */
  status: number;
  response: unknown;
  milliseconds: number;
};

/** Older ones are forgotten. */
const MOST = 80;

const kept: Exchange[] = [];

/** Newest first. */
export const exchanges = (): readonly Exchange[] => kept;

export function remember(exchange: Exchange): void {
  kept.unshift(exchange);
  kept.length = Math.min(kept.length, MOST);
}
