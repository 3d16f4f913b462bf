/** From a record to a session: the forms, the draft that is left, what the record says. */
import type { Questionnaire } from 'fhir/r4';
import type { AppContext } from './app-context.ts';
import { draftsOf } from './draft.ts';
import { known } from './model/answers.ts';
import { questionsOf } from './model/item.ts';
import { valuesIn } from './model/response.ts';
import { stepsOf } from './model/steps.ts';
import { emptyChart, type HealthRecord, readChart } from './record.ts';
import { alertsFor, populated, questionnairesOf, type Start } from './service.ts';
import { knownSoFar, type Session } from './session.ts';
import { wordsOf } from './words.ts';

const AUTHORED = 'en';

/** Loads what is needed for the first question. @throws when the forms cannot be had */
export async function begin(start: Start, record: HealthRecord, context: AppContext, lang: string): Promise<Session> {
  const all = await questionnairesOf(start.questionnaires);
  const authored = wanted(all, start, context);
  const forms = await inLanguage(authored, lang);
  const only = openIn(authored, context);
  const key = [record.base, record.patientId, ...authored.map(({ url, version }) => `${url}|${version}`)].join(' ');
  const drafts = draftsOf(key);
  const draft = drafts.load();
  const steps = stepsOf(forms, only);
  return {
    lang,
    words: wordsOf(lang),
    start,
    record,
    forms,
    authored,
    steps,
    answers: known(draft?.answers, forms),
    prefilled: new Map(),
    declined: new Set(),
    chart: emptyChart(),
    alerts: undefined,
    drafts,
    step: Math.min(draft?.step ?? 0, steps.length),
    sending: draft?.sending,
  };
}

/** Every form that holds an open question; else the one that is named, else the plan's own. */
function wanted(all: Questionnaire[], { questionnaires }: Start, { questionnaire, open }: AppContext): Questionnaire[] {
  const names = new Set(open);
  const holding = all.filter((form) => questionsOf(form).some(({ linkId }) => names.has(linkId)));
  if (holding.length > 0) return holding;
  return all.filter(({ url }) => url === (questionnaire ?? questionnaires[0]));
}

/** Names that are no questions of ours count for nothing; without any, everything is asked. */
function openIn(forms: Questionnaire[], { open }: AppContext): Set<string> | undefined {
  const asked = new Set(forms.flatMap(questionsOf).map(({ linkId }) => linkId));
  const names = open.filter((name) => asked.has(name));
  // Without what a form requires its response would not be valid.
  const required = forms.flatMap(questionsOf).filter((item) => item.required);
  return names.length > 0 ? new Set([...names, ...required.map(({ linkId }) => linkId)]) : undefined;
}

export async function inLanguage(authored: Questionnaire[], lang: string): Promise<Questionnaire[]> {
  if (lang === AUTHORED) return authored;
  return questionnairesOf(
    authored.map(({ url = '' }) => url),
    lang,
  );
}

/** Alerts for the answers so far; they are kept when new ones cannot be had. */
export async function renewAlerts(session: Session): Promise<void> {
  session.alerts = await alertsFor(knownSoFar(session), session.lang).catch(() => session.alerts);
}

/** Behind the first question: alerts that suppose the worst, then the record, then alerts and answers that rest on it. */
export async function readRecord(session: Session, drawn: () => void): Promise<void> {
  const before = renewAlerts(session).then(drawn);
  session.chart = await readChart(session.record, session.start.queries);
  await before;
  await renewAlerts(session);
  drawn();
  const found = await Promise.all(
    session.authored.map(({ url = '' }) => populated(url, knownSoFar(session)).catch(() => undefined)),
  );
  for (const response of found) {
    for (const [linkId, answers] of valuesIn(response?.item)) session.prefilled.set(linkId, answers);
  }
}
