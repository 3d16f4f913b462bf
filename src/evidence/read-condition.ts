/** Conditions: current when active, history in any clinical status where the fact says so. */
import { codingsOf } from '../fhir/codings.ts';
import { type InstantRange, instantRange } from '../fhir/dates.ts';
import { referenceTo } from '../fhir/references.ts';
import type { Condition, Encounter } from '../fhir/types.ts';
import { type Collector, collect, type Origin } from './collector.ts';
import type { SourceMatch } from './source-index.ts';
import { recordedPresence } from './statement.ts';

const OVER = ['inactive', 'remission', 'resolved'];

/** Reads what a usable Condition says about any fact. */
export function readCondition(condition: Condition, collector: Collector): void {
  const { zone, now } = collector.moment;
  const over = instantRange(condition.abatementDateTime ?? condition.abatementPeriod?.end, zone);
  const isOver = condition.clinicalStatus?.coding?.some(({ code }) => OVER.includes(code ?? ''));
  // What is said to be over from a later day on is not over yet.
  const current = !isOver || (over !== undefined && over.from > now);
  const origin: Origin = {
    reference: referenceTo(condition),
    source: 'condition',
    at: statedAt(condition, zone),
    began: instantRange(condition.onsetDateTime ?? condition.onsetPeriod?.start, zone),
    over,
    positivesOnly: false,
  };
  for (const match of collector.index.match('Condition', codingsOf(condition.code))) {
    const { fact, source, coding } = match;
    if (source.resolved && current) continue;
    if (counts(match, current)) {
      const own = source.resolved ? { ...origin, at: origin.over ?? origin.at, began: undefined } : origin;
      collect(collector, fact, recordedPresence(match, condition.code), { ...own, coding });
    } else {
      collector.setAside.push({ reference: origin.reference, reason: 'status', fact, at: origin.at });
    }
  }
}

const counts = ({ source }: SourceMatch, current: boolean): boolean => current || source.history || source.resolved;

/** Reads the coded reasons, types and service of an Encounter; those of one that is over are history. */
export function readEncounter(encounter: Encounter, collector: Collector, current: boolean): void {
  const isOver = encounter.status === 'finished' && !current;
  const at = instantRange(encounter.period?.start, collector.moment.zone);
  const origin: Origin = { reference: referenceTo(encounter), source: 'encounter', at, positivesOnly: false };
  const { reasonCode = [], type = [], serviceType } = encounter;
  for (const concept of [...reasonCode, ...type, ...(serviceType ? [serviceType] : [])]) {
    for (const match of collector.index.match('Encounter', codingsOf(concept))) {
      if (isOver && !match.source.history) continue;
      collect(collector, match.fact, recordedPresence(match, concept), { ...origin, coding: match.coding });
    }
  }
}

/** Onset or recording, whichever is later: a positive must not become stale too early. */
function statedAt(condition: Condition, zone: string): InstantRange | undefined {
  const onset = instantRange(condition.onsetDateTime ?? condition.onsetPeriod?.start, zone);
  const recorded = instantRange(condition.recordedDate, zone);
  if (!onset || !recorded) return onset ?? recorded;
  return onset.to > recorded.to ? onset : recorded;
}
