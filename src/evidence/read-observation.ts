/** Observations and their components, each by its own code. */
import { codingsOf } from '../fhir/codings.ts';
import { type InstantRange, instantRange } from '../fhir/dates.ts';
import { referenceTo } from '../fhir/references.ts';
import type { Observation, ObservationComponent } from '../fhir/types.ts';
import type { Moment } from './chart.ts';
import { type Collector, collect, type Origin } from './collector.ts';
import { asAnswer } from './derived-from.ts';
import { readStatement } from './statement.ts';

/** Reads what a usable Observation says about any fact. */
export function readObservation(observation: Observation, collector: Collector, positivesOnly: boolean): void {
  const at = observedAt(observation, collector.moment);
  const own: Origin = { reference: referenceTo(observation), source: 'observation', at, positivesOnly };
  const origin = observation.derivedFrom === undefined ? own : asAnswer(observation, own, collector);
  readPart(observation, collector, origin);
  for (const component of observation.component ?? []) if (component) readPart(component, collector, origin);
}

function readPart(part: Observation | ObservationComponent, collector: Collector, origin: Origin): void {
  for (const match of collector.index.match('Observation', codingsOf(part.code))) {
    const value = {
      codings: part.valueCodeableConcept && codingsOf(part.valueCodeableConcept),
      boolean: part.valueBoolean,
      number: part.valueInteger,
      quantity: part.valueQuantity,
      date: part.valueDateTime,
      text: part.valueString ?? part.valueCodeableConcept?.text,
    };
    const statement = part.dataAbsentReason === undefined ? readStatement(match.fact, value, match.source) : 'absent';
    collect(collector, match, statement, origin, value.text);
  }
}

/** The end of a period is when its value was last known to be true; of a period that goes on, now. */
function observedAt(observation: Observation, { now, zone }: Moment): InstantRange | undefined {
  const { effectiveDateTime, effectiveInstant, effectivePeriod, issued } = observation;
  const text = effectiveDateTime ?? effectiveInstant ?? effectivePeriod?.end ?? effectivePeriod?.start ?? issued;
  const at = instantRange(text, zone);
  if (!at || at.from <= now || effectivePeriod?.end === undefined) return at;
  const start = instantRange(effectivePeriod.start, zone);
  return start && start.from <= now ? { from: now, to: now } : at;
}
