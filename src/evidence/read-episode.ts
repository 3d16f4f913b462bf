/** Episodes of care: a coded presence from the day on which the care began. */
import { codingsOf } from '../fhir/codings.ts';
import { instantRange } from '../fhir/dates.ts';
import { referenceTo } from '../fhir/references.ts';
import type { EpisodeOfCare } from '../fhir/types.ts';
import { type Collector, collect, type Origin } from './collector.ts';
import { recordedPresence } from './statement.ts';

/** Reads what a usable EpisodeOfCare says about any fact; one that is over is history. */
export function readEpisode(episode: EpisodeOfCare, collector: Collector): void {
  const { zone, now } = collector.moment;
  const over = instantRange(episode.period?.end, zone);
  const isOver = episode.status === 'finished' || (over !== undefined && over.to <= now);
  const at = instantRange(episode.period?.start, zone);
  const origin: Origin = { reference: referenceTo(episode), source: 'episode', at, over, positivesOnly: false };
  for (const type of episode.type ?? []) {
    for (const match of collector.index.match('EpisodeOfCare', codingsOf(type))) {
      if (isOver && !match.source.history) {
        collector.setAside.push({ reference: origin.reference, reason: 'status', fact: match.fact, at });
      } else {
        collect(collector, match.fact, recordedPresence(match, type), { ...origin, coding: match.coding });
      }
    }
  }
}
