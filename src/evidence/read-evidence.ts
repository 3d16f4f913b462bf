/** Patient resources -> facts with provenance (spec B.1). */

import { referenceTo } from '../fhir/references.ts';
import type { Encounter, FhirResource, Patient, QuestionnaireResponse } from '../fhir/types.ts';
import type { Topic } from '../knowledge/topic.ts';
import type { Chart, Moment } from './chart.ts';
import type { Collector } from './collector.ts';
import type { Candidate, Fact, Facts, SetAside } from './fact.ts';
import { readAnswers } from './read-answers.ts';
import { readCondition, readEncounter } from './read-condition.ts';
import { readObservation } from './read-observation.ts';
import { readPatient } from './read-patient.ts';
import { resolve } from './resolve.ts';
import { type ResponseState, responseState, type Setting, settingOf } from './setting.ts';
import { indexSources, type SourceIndex } from './source-index.ts';
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
  const sorted: Sorted = { encounters: [], responses: [], patient: undefined };
  for (const resource of chart.resources) {
    const usable = usability(resource, chart.patientId);
    if (usable !== 'all' && usable !== 'positives-only') {
      collector.setAside.push({ reference: referenceTo(resource), reason: usable });
      continue;
    }
    const positivesOnly = usable === 'positives-only';
    readResource(resource, { topic, canonicals, collector, sorted, positivesOnly, encounterId: chart.encounterId });
  }
  endEpisodes(topic, collector);
  const setting = settingOf(chart, sorted.encounters, moment);
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
    response: responseState(sorted.responses, topic.questionnaires[0]?.url, moment),
    patient: sorted.patient,
    unread: resourceTypes.filter((type) => !chart.read.has(type)),
  };
}

type Sorted = { encounters: Encounter[]; responses: QuestionnaireResponse[]; patient: Patient | undefined };

type Reading = {
  topic: Topic;
  canonicals: ReadonlySet<string | undefined>;
  collector: Collector;
  sorted: Sorted;
  positivesOnly: boolean;
  encounterId: string | undefined;
};

function readResource(
  resource: FhirResource,
  { topic, canonicals, collector, sorted, positivesOnly, encounterId }: Reading,
): void {
  switch (resource.resourceType) {
    case 'Observation':
      return readObservation(resource, collector, positivesOnly);
    case 'Condition':
      return readCondition(resource, collector);
    case 'QuestionnaireResponse':
      if (!canonicals.has(resource.questionnaire?.split('|')[0])) return;
      sorted.responses.push(resource);
      return readAnswers(resource, collector, positivesOnly);
    case 'Encounter':
      sorted.encounters.push(resource);
      return readEncounter(resource, collector, resource.id === encounterId);
    case 'Patient':
      sorted.patient = resource;
      return readPatient(resource, collector, topic.facts.filter(readsPatient));
  }
}

const readsPatient = ({ sources }: Topic['facts'][number]): boolean =>
  sources.some(({ resource }) => resource === 'Patient');

/** A "no" to the question that ends an episode: older answers about symptoms are not read (spec 0.5 Silence gate). */
function endEpisodes(topic: Topic, { candidates, setAside }: Collector): void {
  for (const fact of topic.facts.filter(({ endsEpisode }) => endsEpisode)) {
    const answers = (candidates.get(fact.name) ?? []).filter(({ source, at }) => source === 'answer' && at);
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
