/** Conditions: current when active, history in any clinical status where the fact says so. */
import { codingsOf } from '../fhir/codings.ts';
import { type InstantRange, instantRange } from '../fhir/dates.ts';
import { referenceTo } from '../fhir/references.ts';
import type { Condition, Encounter } from '../fhir/types.ts';
import type { FactSource } from '../knowledge/fact-definition.ts';
import type { Moment } from './chart.ts';
import { type Collector, collect, type Origin } from './collector.ts';
import type { SourceMatch } from './source-index.ts';
import { recordedPresence } from './statement.ts';

const UNCONFIRMED = ['provisional', 'differential', 'unconfirmed'];
const OVER = ['inactive', 'remission', 'resolved'];

/** Reads what a usable Condition says about any fact. */
export function readCondition(condition: Condition, collector: Collector): void {
  const { zone, now } = collector.moment;
  const over = instantRange(condition.abatementDateTime ?? condition.abatementPeriod?.end, zone);
  const current = isCurrent(condition, over, now);
  const origin: Origin = {
    reference: referenceTo(condition),
    source: 'condition',
    at: statedAt(condition, zone),
    began: instantRange(condition.onsetDateTime ?? condition.onsetPeriod?.start, zone),
    over,
    positivesOnly: isUnconfirmed(condition),
  };
  for (const match of collector.index.match('Condition', codingsOf(condition.code))) {
    const { fact, source } = match;
    if (source.resolved && current) continue;
    if (counts(match, current)) {
      const own = source.resolved ? { ...origin, at: origin.over ?? origin.at, began: undefined } : origin;
      const recent = isRecent(origin.began, source, collector.moment);
      collect(collector, match, recent ? recordedPresence(match, condition.code) : 'old-onset', own);
    } else {
      collector.setAside.push({ reference: origin.reference, reason: 'status', fact, at: origin.at });
    }
  }
}

/** Counts as a danger, and not as a reassurance (spec B.1). */
const isUnconfirmed = ({ verificationStatus }: Condition): boolean =>
  verificationStatus?.coding?.some(({ code }) => UNCONFIRMED.includes(code ?? '')) ?? false;

const counts = ({ source }: SourceMatch, current: boolean): boolean => current || source.history || source.resolved;

/** Where only a new finding counts, an onset that is old or not recorded is none. */
function isRecent(onset: InstantRange | undefined, { onsetWithin }: FactSource, { now }: Moment): boolean {
  return onsetWithin === undefined || (onset !== undefined && onset.to >= now - onsetWithin);
}

/** Whether it is so now; without a clinical status an end that is recorded says that it is over. */
function isCurrent(condition: Condition, over: InstantRange | undefined, now: number): boolean {
  const { clinicalStatus, abatementDateTime, abatementPeriod, abatementString } = condition;
  // What is said to be over from a later day on is not over yet.
  if (over && over.from > now) return true;
  if (clinicalStatus?.coding?.length) return !clinicalStatus.coding.some(({ code }) => OVER.includes(code ?? ''));
  return (abatementDateTime ?? abatementPeriod ?? abatementString) === undefined;
}

/** Reads the class and the coded reasons, types and service of an Encounter; those of one that is over are history. */
export function readEncounter(encounter: Encounter, collector: Collector, current: boolean): void {
  const isOver = encounter.status === 'finished' && !current;
  const at = instantRange(encounter.period?.start, collector.moment.zone);
  const origin: Origin = { reference: referenceTo(encounter), source: 'encounter', at, positivesOnly: false };
  const { class: setting, reasonCode = [], type = [], serviceType } = encounter;
  const concepts = [
    ...reasonCode,
    ...type,
    ...(serviceType ? [serviceType] : []),
    ...(setting ? [{ coding: [setting] }] : []),
  ];
  for (const concept of concepts) {
    for (const match of collector.index.match('Encounter', codingsOf(concept))) {
      if (isOver && !match.source.history) continue;
      collect(collector, match, recordedPresence(match, concept), origin);
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
