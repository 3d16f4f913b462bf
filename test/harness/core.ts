/** Cases through the pure core, without HTTP: for properties that need thousands of patients. */
import { callService, type PreparedTopic, prepareTopic } from '../../src/call-service.ts';
import type { Card } from '../../src/cds-hooks/card.ts';
import type { HookRequest } from '../../src/cds-hooks/hook-request.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { type ClinicalCase, hookRequestOf, momentOf } from './case.ts';

export type Core = { topic: Topic; cards: (one: ClinicalCase, zone?: string) => Promise<Card[]> };

/** The core of a topic; uuids count from 1, so that answers can be compared. */
export function coreOf(topic: Topic): Core {
  const prepared: PreparedTopic = prepareTopic(topic);
  return {
    topic,
    cards: async (one, zone = 'UTC') => {
      let count = 0;
      const moment = { now: Date.parse(momentOf(one)), zone };
      const request = hookRequestOf(one, topic.questionnaires) as unknown as HookRequest;
      const newUuid = () => {
        count += 1;
        return `uuid-${count}`;
      };
      return (await callService(prepared, request, { moment, settings: {}, newUuid })).cards;
    },
  };
}
