/** Procedures: a coded presence with the time when it was done. */
import { codingsOf } from '../fhir/codings.ts';
import { type InstantRange, instantRange } from '../fhir/dates.ts';
import { referenceTo } from '../fhir/references.ts';
import type { Procedure } from '../fhir/types.ts';
import { type Collector, collect, type Origin } from './collector.ts';
import { recordedPresence } from './statement.ts';

/** Reads what a usable Procedure says about any fact. */
export function readProcedure(procedure: Procedure, collector: Collector): void {
  const at = performedAt(procedure, collector.moment.zone);
  const origin: Origin = { reference: referenceTo(procedure), source: 'procedure', at, positivesOnly: false };
  for (const match of collector.index.match('Procedure', codingsOf(procedure.code))) {
    collect(collector, match.fact, recordedPresence(match, procedure.code), { ...origin, coding: match.coding });
  }
}

/** A procedure is done at its end. */
function performedAt({ performedDateTime, performedPeriod }: Procedure, zone: string): InstantRange | undefined {
  return instantRange(performedDateTime ?? performedPeriod?.end ?? performedPeriod?.start, zone);
}
