/** Patient resources -> facts with provenance (spec B.1). */

import { instantRange } from '../fhir/dates.ts';
import { referenceTo } from '../fhir/references.ts';
import type { Patient } from '../fhir/types.ts';
import type { Topic } from '../knowledge/topic.ts';
import type { Chart, Moment } from './chart.ts';
import type { Collector } from './collector.ts';
import { endEpisodes } from './end-episodes.ts';
import type { Candidate, Fact, Facts, SetAside } from './fact.ts';
import { type Reading, readResource } from './read-resource.ts';
import { resolve } from './resolve.ts';
import { type ResponseState, responseState, type Setting, settingOf } from './setting.ts';
import { indexSources, type SourceIndex } from './source-index.ts';
import { speaksPrivately } from './speaks-privately.ts';
import { withUnknown } from './unknown.ts';
import { usability } from './usable.ts';

export type Evidence = {
  facts: Facts;
  /** All usable statements by fact, for those who weigh them differently (pregnancy dating). */
  candidates: ReadonlyMap<string, Candidate[]>;
  /** Resources that were not read at all, and why. */
  setAside: SetAside[];
  setting: Setting;
  response: ResponseState;
  /** When forms were answered and encounters began, in milliseconds since 1970. */
  contacts: number[];
  patient: Patient | undefined;
  /** Resource types that could not be read. */
  unread: string[];
};

export type ReadEvidence = (chart: Chart, moment: Moment) => Evidence;

/** Prepares the reading of one topic's facts; the index of codes is built once. */
export function prepareEvidence(topic: Topic, resourceTypes: readonly string[]): ReadEvidence {
  const index = indexSources(topic.facts);
  const canonicals = new Set(topic.questionnaires.map(({ url }) => url));
  return (chart, moment) => readEvidence({ topic, index, canonicals, resourceTypes }, chart, moment);
}

type Prepared = {
  topic: Topic;
  index: SourceIndex;
  canonicals: ReadonlySet<string | undefined>;
  resourceTypes: readonly string[];
};

function readEvidence({ topic, index, canonicals, resourceTypes }: Prepared, chart: Chart, moment: Moment): Evidence {
  const collector: Collector = { index, moment, candidates: new Map(), setAside: [] };
  const reading: Reading = {
    topic,
    canonicals,
    collector,
    encounterId: chart.encounterId,
    encounters: [],
    responses: [],
  };
  for (const resource of chart.resources) {
    const usable = usability(resource, chart.patientId);
    if (usable !== 'all' && usable !== 'positives-only') {
      // Not even counted: a public card says the same whether it is there or not.
      if (!speaksPrivately(resource, index)) {
        collector.setAside.push({ reference: referenceTo(resource), reason: usable });
      }
      continue;
    }
    readResource(resource, reading, usable === 'positives-only');
  }
  endEpisodes(topic, collector);
  const setting = settingOf(chart, reading.encounters, moment);
  const at = { now: moment.now, inHospital: setting.inHospital };
  const aside = byFact(collector.setAside);
  const facts = new Map<string, Fact>();
  for (const definition of topic.facts) {
    const resolved = resolve(definition, collector.candidates.get(definition.name) ?? [], at);
    resolved.setAside.push(...(aside.get(definition.name) ?? []));
    facts.set(definition.name, withUnknown(resolved, chart.read));
  }
  return {
    facts,
    candidates: collector.candidates,
    setAside: collector.setAside.filter(({ fact }) => fact === undefined),
    setting,
    contacts: contactTimes(reading, moment.zone),
    response: responseState(reading.responses, topic.questionnaires[0]?.url, moment),
    patient: reading.patient,
    unread: resourceTypes.filter((type) => !chart.read.has(type)),
  };
}

function contactTimes({ responses, encounters }: Reading, zone: string): number[] {
  const dates = [...responses.map(({ authored }) => authored), ...encounters.map(({ period }) => period?.start)];
  return dates.flatMap((date) => instantRange(date, zone)?.from ?? []);
}

function byFact(setAside: SetAside[]): Map<string, SetAside[]> {
  const map = new Map<string, SetAside[]>();
  for (const aside of setAside) {
    if (!aside.fact) continue;
    const list = map.get(aside.fact.name);
    if (list) list.push(aside);
    else map.set(aside.fact.name, [aside]);
  }
  return map;
}
