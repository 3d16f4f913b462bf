/** Calls and feedback without a pause, and what was acknowledged of them. */
import { type Ehr, FEEDBACK, post, SERVICE } from './ehr.ts';

/** What a load has seen. */
export type Seen = {
  /** Answers with cards. */
  calls: number;
  slowestCallMs: number;
  /** Feedback that was answered with 200: `card outcome`. */
  acknowledged: string[];
  /** Feedback that was answered with 503: it may be kept or not. */
  refused: number;
  /** Tokens of feedback that was acknowledged, in the order of time. */
  tokens: string[];
  faults: string[];
};

export const nothingSeen = (): Seen => ({
  calls: 0,
  slowestCallMs: 0,
  acknowledged: [],
  refused: 0,
  tokens: [],
  faults: [],
});

const CLIENTS = 6;

/**
 * Starts clients that call, and then say of a card that it was accepted and overridden: two entries of one request.
 * @param isGone true once the service was killed: then a broken connection is no fault and ends the client
 * @returns ends the load after the answers that are being made
 */
export function startLoad(base: string, ehr: Ehr, seen: Seen, isGone: () => boolean): () => Promise<void> {
  let working = true;
  const client = async (first: number) => {
    for (let at = first; working; at += 1) {
      try {
        await once(base, ehr, ehr.bodies[at % ehr.bodies.length] ?? '{}', seen);
      } catch (error) {
        if (isGone()) return;
        seen.faults.push(`a connection broke: ${error}`);
      }
    }
  };
  const clients = Array.from({ length: CLIENTS }, (_, at) => client(at * 3));
  return async () => {
    working = false;
    await Promise.all(clients);
  };
}

async function once(base: string, ehr: Ehr, body: string, seen: Seen): Promise<void> {
  const started = performance.now();
  const answer = await post(base, SERVICE, body, ehr.token(SERVICE));
  const text = await answer.text();
  seen.slowestCallMs = Math.max(seen.slowestCallMs, performance.now() - started);
  if (answer.status !== 200) return void seen.faults.push(`a call was answered with ${answer.status}`);
  seen.calls += 1;
  const [card] = (JSON.parse(text) as { cards: { uuid: string }[] }).cards;
  if (card) await tell(base, ehr, card.uuid, seen);
}

async function tell(base: string, ehr: Ehr, card: string, seen: Seen): Promise<void> {
  const outcomeTimestamp = new Date().toISOString();
  const feedback = [
    { card, outcome: 'accepted', outcomeTimestamp, acceptedSuggestions: [{ id: 'any' }] },
    { card, outcome: 'overridden', outcomeTimestamp },
  ];
  const token = ehr.token(FEEDBACK);
  const { status } = await post(base, FEEDBACK, JSON.stringify({ feedback }), token);
  if (status === 503) seen.refused += 1;
  else if (status !== 200) seen.faults.push(`feedback for a card that was issued was answered with ${status}`);
  else {
    seen.acknowledged.push(...feedback.map((entry) => `${entry.card} ${entry.outcome}`));
    seen.tokens.push(token);
  }
}
