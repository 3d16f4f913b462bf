/** Patient resources -> facts with provenance (spec B.1). */

import { instantRange } from '../fhir/dates.ts';
import { referenceTo } from '../fhir/references.ts';
import type { Patient } from '../fhir/types.ts';
import type { Topic } from '../knowledge/topic.ts';
import { type Blanks, prepareBlanks } from './blank-facts.ts';
import type { Chart, Moment } from './chart.ts';
import type { Collector } from './collector.ts';
import { derive } from './derive.ts';
import { responsesById } from './derived-from.ts';
import { withoutDisplaced } from './displaced.ts';
import { endEpisodes } from './end-episodes.ts';
import type { Candidate, Fact, Facts, SetAside } from './fact.ts';
import { FactSheet } from './fact-sheet.ts';
import { ownerOf } from './ownership.ts';
import { readLists } from './read-list.ts';
import { medicationsById } from './read-medication.ts';
import { readRefused } from './read-refused.ts';
import { type Reading, readResource } from './read-resource.ts';
import { resolve } from './resolve.ts';
import { type ResponseState, responseState, type Setting, settingOf } from './setting.ts';
import { indexSources, type SourceIndex } from './source-index.ts';
import { withUnknown } from './unknown.ts';
import { usability } from './usable.ts';

export type Evidence = {
  facts: Facts;
  /** When they were read. */
  now: number;
  /** All usable statements by fact, for those who weigh them differently (pregnancy dating). */
  candidates: ReadonlyMap<string, Candidate[]>;
  /** Resources that were not read at all, and why. */
  setAside: SetAside[];
  setting: Setting;
  response: ResponseState;
  /** When forms were answered and encounters began, in milliseconds since 1970. */
  contacts: number[];
  patient: Patient | undefined;
  /** Resource types whose search succeeded, and those that could not be read. */
  read: ReadonlySet<string>;
  unread: string[];
};

export type ReadEvidence = (chart: Chart, moment: Moment) => Evidence;

/** Prepares the reading of one topic's facts; the index of codes is built once. */
export function prepareEvidence(topic: Topic, types: readonly string[]): ReadEvidence {
  const index = indexSources(topic.facts);
  const blanks = prepareBlanks(topic.facts);
  const canonicals = new Set(topic.questionnaires.map(({ url }) => url));
  const resourceTypes = new Set(types);
  return (chart, moment) => readEvidence({ topic, index, blanks, canonicals, resourceTypes }, chart, moment);
}

type Prepared = {
  topic: Topic;
  index: SourceIndex;
  blanks: Blanks;
  canonicals: ReadonlySet<string | undefined>;
  resourceTypes: ReadonlySet<string>;
};

function readEvidence(
  { topic, index, blanks, canonicals, resourceTypes }: Prepared,
  chart: Chart,
  moment: Moment,
): Evidence {
  const responses = responsesById(chart.resources);
  const collector: Collector = { index, moment, responses, candidates: new Map(), setAside: [] };
  const reading: Reading = {
    topic,
    canonicals,
    collector,
    encounterId: chart.encounterId,
    encounters: [],
    responses: [],
    medications: medicationsById(chart.resources),
    lists: [],
    uses: [],
  };
  readAll(chart, reading, resourceTypes);
  endEpisodes(topic, collector);
  const setting = settingOf(chart, reading.encounters, moment);
  const at = { now: moment.now, inHospital: setting.inHospital };
  derive(topic, collector, at, chart.read);
  const aside = byFact(collector.setAside);
  const facts: Fact[] = [];
  const have = blanks.bitsOf(chart.read);
  for (const { definition, sources, searched, unread } of blanks.list) {
    const { name } = definition;
    const said = collector.candidates.get(name);
    const further = aside.get(name);
    if (said === undefined && further === undefined) {
      facts.push((sources & have) === sources ? searched : unread);
      continue;
    }
    const standing = withoutDisplaced(said ?? [], further, moment.now);
    if (said !== undefined && standing !== said) collector.candidates.set(name, standing);
    facts.push(withUnknown(resolve(definition, standing, at, further), chart.read));
  }
  return {
    facts: new FactSheet(blanks.places, facts),
    now: moment.now,
    candidates: collector.candidates,
    setAside: collector.setAside.filter(({ fact }) => fact === undefined),
    setting,
    contacts: contactTimes(reading, moment.zone),
    response: responseState(reading.responses, topic.questionnaires[0]?.url, moment),
    patient: reading.patient,
    read: chart.read,
    unread: [...resourceTypes].filter((type) => !chart.read.has(type)),
  };
}

/** Types that no fact reads are not looked at. */
function readAll(chart: Chart, reading: Reading, types: ReadonlySet<string>): void {
  const owner = ownerOf(chart);
  const references = new Set<string>();
  for (const resource of chart.resources) {
    if (!types.has(resource.resourceType)) continue;
    const usable = usability(resource, owner);
    if (resource.resourceType.startsWith('Medication') && usable !== 'another-patient' && usable !== 'no-patient') {
      references.add(referenceTo(resource));
    }
    if (usable === 'all' || usable === 'positives-only') readResource(resource, reading, usable === 'positives-only');
    else readRefused(resource, reading, usable);
  }
  readLists({ ...reading, references, read: chart.read }, reading.collector);
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
