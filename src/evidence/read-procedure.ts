/** Procedures: what was done, and when. */
import { codingsOf, conceptText } from '../fhir/codings.ts';
import { instantRange } from '../fhir/dates.ts';
import { referenceTo } from '../fhir/references.ts';
import type { Procedure } from '../fhir/types.ts';
import { type Collector, collect, type Origin } from './collector.ts';
import { presence } from './statement.ts';

/** Reads what a usable Procedure says about any fact. */
export function readProcedure(procedure: Procedure, collector: Collector, positivesOnly: boolean): void {
  const { performedDateTime, performedPeriod, code } = procedure;
  const at = instantRange(performedDateTime ?? performedPeriod?.end ?? performedPeriod?.start, collector.moment.zone);
  const origin: Origin = { reference: referenceTo(procedure), source: 'procedure', at, positivesOnly };
  for (const match of collector.index.match('Procedure', codingsOf(code))) {
    const { fact, source, coding } = match;
    const statement = presence(fact, source);
    const recorded = conceptText(code) ?? coding.display ?? 'recorded';
    const said = typeof statement === 'string' ? statement : { ...statement, recorded };
    collect(collector, match, said, origin);
  }
}
