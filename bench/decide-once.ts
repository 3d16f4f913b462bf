/** The pure core without HTTP and JSON: index, facts, decision, cards. */
import { randomUUID } from 'node:crypto';
import { assess, prepareTopic } from '../src/call-service.ts';
import { buildCards } from '../src/cards/build-cards.ts';
import { resourcesIn } from '../src/fhir/bundles.ts';
import type { FhirResource } from '../src/fhir/types.ts';
import { loadTopics } from '../src/knowledge/load.ts';

type Body = { context: { patientId: string; encounterId?: string }; prefetch: Record<string, FhirResource> };

/** A function that makes the cards of the next body, again and again through all of them. */
export function decideOnce(bodies: Buffer[]): () => void {
  const [topic] = loadTopics('.');
  if (!topic) throw new Error('there is no topic to measure');
  const prepared = prepareTopic(topic);
  const read = new Set(prepared.needs.map(({ type }) => type));
  const charts = bodies.map((body) => {
    const { context, prefetch } = JSON.parse(body.toString()) as Body;
    return {
      ...context,
      encounterId: context.encounterId,
      resources: Object.values(prefetch).flatMap(resourcesIn),
      read,
    };
  });
  const moment = { now: Date.now(), zone: 'UTC' };
  let at = 0;
  return () => {
    const chart = charts[at++ % charts.length];
    if (!chart) return;
    const decision = assess(prepared, chart, moment);
    const contact = { hook: 'patient-view', resolutionsUnread: false, pending: [] };
    const { patientId, encounterId } = chart;
    buildCards({ topic, decision, contact, moment, settings: {}, patientId, encounterId, newUuid: randomUUID });
  };
}
