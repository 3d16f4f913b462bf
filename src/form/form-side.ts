/** What the form's page asks of the service beside FHIR: where it starts, what to show at once, what to say at the end. */
import { assess, type PreparedTopic } from '../call-service.ts';
import type { CardSettings } from '../cards/card-context.ts';
import { ServiceError } from '../errors.ts';
import type { Moment } from '../evidence/chart.ts';
import { argumentsOf } from '../operations/arguments.ts';
import { chartOf } from '../operations/assess.ts';
import { RECORD, takes } from '../operations/parameters.ts';
import { type Alerts, alertsOf } from './alerts.ts';
import { askedOf } from './asked.ts';
import { type PatientResult, patientResult } from './result.ts';
import { safetyNet, type Told, toldTo } from './told.ts';

/** What the page needs before the first question. */
export type FormStart = {
  /** The plan that the answers go to. */
  plan: string;
  /** Canonicals of the forms that the person fills, the plan's own form first. */
  questionnaires: string[];
  /** What of the record is read, as in the prefetch of the hooks. */
  queries: { type: string; query: string }[];
  safetyNet: Told[];
};

export type FormSide = {
  /** @param questionnaire one that the plan in question asks; the first plan's when left out. @throws ServiceError */
  start: (questionnaire: string | undefined, lang: string | undefined) => FormStart;
  /** @param sent Parameters: `response`, `subject`, `chart`, `searched`, `plan`. @throws ServiceError */
  alerts: (sent: unknown, lang: string | undefined) => Alerts;
  result: (sent: unknown, lang: string | undefined) => PatientResult;
};

export type FormParts = {
  topics: PreparedTopic[];
  environment: () => { moment: Moment; settings: CardSettings; newUuid: () => string; strict: boolean };
};

const INPUT = [
  takes('plan', 'canonical', 1, '1', 'The plan'),
  takes('response', 'QuestionnaireResponse', 0, '*', 'Answers so far'),
  takes('subject', 'Reference', 1, '1', 'The person'),
  ...RECORD,
];

/** Prepares the side once. Nothing that is sent is kept. */
export function prepareFormSide({ topics, environment }: FormParts): FormSide {
  function decide(sent: unknown) {
    const given = argumentsOf(sent, INPUT);
    const plan = given.get('plan')?.[0]?.value;
    const prepared = topics.find(({ topic }) => topic.url === plan);
    if (!prepared) throw new ServiceError('unknown-resource', 'There is no such plan');
    const chart = chartOf(prepared, given);
    const { moment, settings, newUuid, strict } = environment();
    const decision = assess(prepared, chart, moment, { strict });
    const input = { moment, settings, newUuid, patientId: chart.patientId, encounterId: undefined };
    return { topic: prepared.topic, decision, input };
  }
  return {
    start: (questionnaire, lang) => startOf(topics, questionnaire, lang),
    alerts: (sent, lang) => {
      const { topic, decision } = decide(sent);
      return alertsOf(topic, decision, lang);
    },
    result: (sent, lang) => {
      const { topic, decision, input } = decide(sent);
      return patientResult(topic, decision, input, lang);
    },
  };
}

function startOf(topics: PreparedTopic[], wanted: string | undefined, lang: string | undefined): FormStart {
  const prepared = topics.find(({ topic }) => wanted === undefined || formsOf(topic).includes(wanted));
  if (!prepared) throw new ServiceError('unknown-resource', 'No plan asks this Questionnaire');
  const { topic, needs } = prepared;
  return {
    plan: topic.url,
    questionnaires: formsOf(topic),
    queries: needs.map(({ type, template }) => ({ type, query: template })),
    safetyNet: toldTo(safetyNet(topic), new Set(), lang),
  };
}

/** Forms with a question that the person may be asked. */
function formsOf(topic: PreparedTopic['topic']): string[] {
  const asked = new Set(askedOf(topic).map(({ questionnaire }) => questionnaire));
  return topic.questionnaires.flatMap(({ url }) => (url !== undefined && asked.has(url) ? [url] : []));
}
