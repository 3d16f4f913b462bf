/** Conditions: current when active, history in any clinical status where the fact says so. */
import { codingsOf, conceptText } from '../fhir/codings.ts';
import { type InstantRange, instantRange } from '../fhir/dates.ts';
import { referenceTo } from '../fhir/references.ts';
import type { Condition, Encounter } from '../fhir/types.ts';
import type { FactSource } from '../knowledge/fact-definition.ts';
import type { Moment } from './chart.ts';
import { type Collector, collect, type Origin } from './collector.ts';
import { presence } from './statement.ts';

const OVER = ['inactive', 'remission', 'resolved'];

/** Reads what a usable Condition says about any fact. */
export function readCondition(condition: Condition, collector: Collector): void {
  const current = isCurrent(condition);
  const at = statedAt(condition, collector.moment.zone);
  const origin: Origin = { reference: referenceTo(condition), source: 'condition', at, positivesOnly: false };
  for (const match of collector.index.match('Condition', codingsOf(condition.code))) {
    const { fact, source, coding } = match;
    if (!current && !source.history) {
      collector.setAside.push({ reference: origin.reference, reason: 'status', fact, at });
      continue;
    }
    const statement = began(condition, source, collector.moment) ? presence(fact, source) : 'old-onset';
    const recorded = conceptText(condition.code) ?? coding.display ?? 'recorded';
    collect(collector, match, typeof statement === 'string' ? statement : { ...statement, recorded }, origin);
  }
}

/** Where only a new finding counts, an onset that is old or not recorded is none. */
function began(condition: Condition, { onsetWithin }: FactSource, { now, zone }: Moment): boolean {
  if (onsetWithin === undefined) return true;
  const onset = instantRange(condition.onsetDateTime ?? condition.onsetPeriod?.start, zone);
  return onset !== undefined && onset.to >= now - onsetWithin;
}

/** Without a clinical status an end that is recorded says that it is over. */
function isCurrent({ clinicalStatus, abatementDateTime, abatementPeriod, abatementString }: Condition): boolean {
  if (clinicalStatus?.coding?.length) return !clinicalStatus.coding.some(({ code }) => OVER.includes(code ?? ''));
  return (abatementDateTime ?? abatementPeriod ?? abatementString) === undefined;
}

/** Reads the coded reasons, class and types of an Encounter; of one that is over only as history. */
export function readEncounter(encounter: Encounter, collector: Collector, current: boolean): void {
  const over = encounter.status === 'finished' && !current;
  const at = instantRange(encounter.period?.start, collector.moment.zone);
  const origin: Origin = { reference: referenceTo(encounter), source: 'encounter', at, positivesOnly: false };
  const concepts = [{ coding: [encounter.class] }, ...(encounter.type ?? []), ...(encounter.reasonCode ?? [])];
  for (const concept of concepts) {
    for (const match of collector.index.match('Encounter', codingsOf(concept))) {
      const { fact, source } = match;
      if (over && !source.history) continue;
      collect(collector, match, presence(fact, source), origin);
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
