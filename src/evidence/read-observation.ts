/** Observations and their components, each by its own code. */
import { codingsOf } from '../fhir/codings.ts';
import { type InstantRange, instantRange } from '../fhir/dates.ts';
import { referenceTo } from '../fhir/references.ts';
import type { Observation, ObservationComponent } from '../fhir/types.ts';
import { type Collector, collect, type Origin } from './collector.ts';
import { readStatement } from './statement.ts';

/** Reads what a usable Observation says about any fact. */
export function readObservation(observation: Observation, collector: Collector, positivesOnly: boolean): void {
  const at = observedAt(observation, collector.moment.zone);
  const origin: Origin = { reference: referenceTo(observation), source: 'observation', at, positivesOnly };
  readPart(observation, collector, origin);
  for (const component of observation.component ?? []) if (component) readPart(component, collector, origin);
}

function readPart(part: Observation | ObservationComponent, collector: Collector, origin: Origin): void {
  for (const { fact, source, coding } of collector.index.match('Observation', codingsOf(part.code))) {
    const value = {
      codings: part.valueCodeableConcept && codingsOf(part.valueCodeableConcept),
      boolean: part.valueBoolean,
      number: part.valueInteger,
      quantity: part.valueQuantity,
      date: part.valueDateTime,
    };
    collect(collector, fact, readStatement(fact, value, source), { ...origin, coding });
  }
}

/** The end of a period is when its value was last known to be true. */
function observedAt(observation: Observation, zone: string): InstantRange | undefined {
  const { effectiveDateTime, effectiveInstant, effectivePeriod, issued } = observation;
  const text = effectiveDateTime ?? effectiveInstant ?? effectivePeriod?.end ?? effectivePeriod?.start ?? issued;
  return instantRange(text, zone);
}
