/** What became of a card (CDS Hooks 2.0.1, "Feedback"). */
import { answered } from './send.ts';
import { signedFor } from './token.ts';

type Outcome =
  | { outcome: 'accepted'; acceptedSuggestions: { id: string }[] }
  | {
      outcome: 'overridden';
      overrideReason?: { reason?: { code: string; system?: string | undefined }; userComment?: string };
    };

/** @param serviceUrl that gave the card. @throws Refusal */
export async function sendFeedback(serviceUrl: string, card: string, outcome: Outcome): Promise<void> {
  const url = `${serviceUrl}/feedback`;
  const entry = { card, ...outcome, outcomeTimestamp: new Date().toISOString() };
  await answered({
    purpose: `Feedback: ${outcome.outcome}`,
    url,
    method: 'POST',
    body: { feedback: [entry] },
    signed: await signedFor(url),
  });
}
