/** Cases through the pure core, without HTTP: for properties that need thousands of patients. */
import { gatherChart } from '../../src/call-service/gather-chart.ts';
import { assess, callService, type PreparedTopic, prepareTopic } from '../../src/call-service.ts';
import type { Card } from '../../src/cds-hooks/card.ts';
import type { HookRequest } from '../../src/cds-hooks/hook-request.ts';
import type { Decision } from '../../src/decision/decision.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { type ClinicalCase, hookRequestOf, momentOf } from './case.ts';

export type Core = {
  topic: Topic;
  cards: (one: ClinicalCase) => Promise<Card[]>;
  /** Of a request that is made already, changed or not. */
  cardsOf: (request: Record<string, unknown>, now: string) => Promise<Card[]>;
  decision: (one: ClinicalCase) => Promise<Decision>;
};

/** The core of a topic; uuids count from 1, so that answers can be compared. */
export function coreOf(topic: Topic): Core {
  const prepared: PreparedTopic = prepareTopic(topic);
  const cardsOf: Core['cardsOf'] = async (request, now) => {
    let count = 0;
    const newUuid = () => {
      count += 1;
      return `uuid-${count}`;
    };
    const environment = { moment: at(now), settings: {}, newUuid };
    return (await callService(prepared, request as unknown as HookRequest, environment)).cards;
  };
  return {
    topic,
    cards: (one) => cardsOf(hookRequestOf(one, topic.questionnaires), momentOf(one)),
    cardsOf,
    decision: async (one) => {
      const request = hookRequestOf(one, topic.questionnaires) as unknown as HookRequest;
      return assess(prepared, await gatherChart(prepared.needs, request), at(momentOf(one)));
    },
  };
}

const at = (now: string) => ({ now: Date.parse(now), zone: 'UTC' });
