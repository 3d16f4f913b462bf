/** What an ended episode does to older answers (spec 0.5 Silence gate). */
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import { oncePer } from '../knowledge/once-per.ts';
import type { Topic } from '../knowledge/topic.ts';
import type { Collector } from './collector.ts';
import { isFuture } from './freshness.ts';

/** A "no" to the question that ends an episode: older answers about symptoms are not read (spec 0.5 Silence gate). */
export function endEpisodes(topic: Topic, { candidates, setAside, moment }: Collector): void {
  for (const fact of endings(topic.facts)) {
    const answers = (candidates.get(fact.name) ?? []).filter(
      // Her own: what somebody else says of her pain ends nothing.
      ({ source, by, at }) => source === 'answer' && by === undefined && at && !isFuture(at, moment.now),
    );
    const newest = Math.max(...answers.map(({ at }) => at?.from ?? 0));
    const last = answers.filter(({ at }) => at?.from === newest);
    if (last.length === 0 || last.some(({ sign }) => sign !== 'negative')) continue;
    for (const [name, list] of candidates) {
      const ended = list.filter((c) => c.source === 'answer' && c.fact.class === 'symptom' && c.at && c.at.to < newest);
      if (ended.length === 0) continue;
      candidates.set(
        name,
        list.filter((candidate) => !ended.includes(candidate)),
      );
      for (const { fact: of, reference, at, recorded } of ended) {
        setAside.push({ fact: of, reference, at, recorded, reason: 'episode-ended' });
      }
    }
  }
}

const endings = oncePer((facts: FactDefinition[]) => facts.filter(({ endsEpisode }) => endsEpisode));
