/** Conditions: current when active, history in any clinical status where the fact says so. */
import { codingsOf, conceptText } from '../fhir/codings.ts';
import { type InstantRange, instantRange } from '../fhir/dates.ts';
import { referenceTo } from '../fhir/references.ts';
import type { Condition, Encounter } from '../fhir/types.ts';
import { type Collector, collect, type Origin } from './collector.ts';
import { presence } from './statement.ts';

const OVER = ['inactive', 'remission', 'resolved'];

/** Reads what a usable Condition says about any fact. */
export function readCondition(condition: Condition, collector: Collector): void {
  const current = !condition.clinicalStatus?.coding?.some(({ code }) => OVER.includes(code ?? ''));
  const at = statedAt(condition, collector.moment.zone);
  const origin: Origin = { reference: referenceTo(condition), source: 'condition', at, positivesOnly: false };
  for (const { fact, source, coding } of collector.index.match('Condition', codingsOf(condition.code))) {
    if (!current && !source.history) {
      collector.setAside.push({ reference: origin.reference, reason: 'status', fact, at });
      continue;
    }
    const statement = presence(fact, source);
    const recorded = conceptText(condition.code) ?? coding.display ?? 'recorded';
    collect(collector, fact, typeof statement === 'string' ? statement : { ...statement, recorded }, {
      ...origin,
      coding,
    });
  }
}

/** Reads the coded reasons of an Encounter that is not over: a past reason is history. */
export function readEncounter(encounter: Encounter, collector: Collector, current: boolean): void {
  if (encounter.status === 'finished' && !current) return;
  const at = instantRange(encounter.period?.start, collector.moment.zone);
  const origin: Origin = { reference: referenceTo(encounter), source: 'encounter', at, positivesOnly: false };
  for (const reason of encounter.reasonCode ?? []) {
    for (const { fact, source, coding } of collector.index.match('Encounter', codingsOf(reason))) {
      collect(collector, fact, presence(fact, source), { ...origin, coding });
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
