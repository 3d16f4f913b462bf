/** Requests and answers of the integration guide, from real calls of the service with a clock that stands still. */
import type { Topic } from '../../src/knowledge/topic.ts';
import { startService } from '../../test/harness/service.ts';
import { type Ask, requestOf } from './ask.ts';
import type { Cases } from './claims.ts';
import { discoveryExamples } from './discovery-examples.ts';
import { errorExamples } from './error-examples.ts';
import { feedbackExample } from './feedback-example.ts';
import { answerJson, fenced, json } from './fences.ts';
import { blocks } from './markdown.ts';
import { orderTable } from './order-examples.ts';
import { shortened } from './shorten.ts';

/** Hook -> the case that shows it. */
const HOOK_CASES: Record<string, string> = {
  'patient-view': 'e08-a-saddle-numbness',
  'encounter-start': 'start-level-rose',
  'appointment-book': 'booking-same-day-over-4-hours',
  'order-select': 'o01-22-weeks',
  'order-sign': 'o01-31-weeks',
  'encounter-discharge': 'discharge-numbness-an-hour-ago',
};

/** Blocks of the guide by the name of their marker. */
export async function examples(topic: Topic, cases: Cases): Promise<Map<string, string>> {
  const ask: Ask = { cases, topic, service: await startService({ topics: [topic] }) };
  try {
    const hooks = await Promise.all(
      Object.entries(HOOK_CASES).map(async ([hook, file]) => [hook, await hookExample(ask, hook, file)] as const),
    );
    return new Map([
      ...hooks,
      ['orders', await orderTable(ask)],
      ['feedback', await feedbackExample(ask)],
      ...(await discoveryExamples(ask)),
      ...(await errorExamples(ask)),
    ]);
  } finally {
    await ask.service.close();
  }
}

async function hookExample(ask: Ask, hook: string, file: string): Promise<string> {
  const request = requestOf(ask, file, hook);
  const answer = await ask.service.call(request, ask.topic.id);
  const [card] = answer.cards;
  if (!card) throw new Error(`${file} brings no card`);
  return blocks(
    `*${ask.cases.get(file)?.title}* ([${file}](../test/cases/${ask.topic.id}/${file}.json))`,
    'Request:',
    json(shortened(request, Object.keys(ask.cases.get(file)?.form?.answers ?? {}))),
    'Answer:',
    answerJson(answer),
    '`detail` in full:',
    fenced('markdown', card.detail),
  );
}
