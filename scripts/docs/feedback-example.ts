/** Feedback on a card that was just issued. */

import { code } from '../../src/explorer/words/marks.ts';
import { type Ask, requestOf } from './ask.ts';
import { answerJson } from './fences.ts';
import { blocks } from './markdown.ts';

export async function feedbackExample(ask: Ask): Promise<string> {
  const { service, topic } = ask;
  const { cards } = await service.call(requestOf(ask, 'e08-a-saddle-numbness'), topic.id);
  const [card] = cards;
  const reason = card?.overrideReasons?.[0];
  if (!card || !reason) throw new Error('there is no card to speak of');
  const body = {
    feedback: [
      {
        card: card.uuid,
        outcome: 'overridden',
        outcomeTimestamp: '2026-11-25T10:05:00Z',
        overrideReason: { reason },
      },
    ],
  };
  const path = `/cds-services/${topic.id}/feedback`;
  const response = await service.post(path, body);
  return blocks(
    `${code(`POST ${path}`)}:`,
    answerJson(body),
    `Answer: ${response.status} ${code(await response.text())}`,
  );
}
