/** What the page knows while it is open. */
import type { Questionnaire, QuestionnaireResponse, QuestionnaireResponseItemAnswer } from 'fhir/r4';
import type { DraftStore, Sending } from './draft.ts';
import { type Raised, raisedBy } from './model/alerts.ts';
import { type Answers, confidentialIn, withoutConfidential } from './model/answers.ts';
import { disabledIn } from './model/enable-when.ts';
import { responseTo } from './model/response.ts';
import type { Step } from './model/steps.ts';
import type { Chart, HealthRecord } from './record.ts';
import type { Alerts, Known, Start } from './service.ts';
import type { Words } from './words.ts';

export type Session = {
  lang: string;
  words: Words;
  start: Start;
  record: HealthRecord;
  /** The forms in the language of the page, and as they were authored. */
  forms: Questionnaire[];
  authored: Questionnaire[];
  steps: Step[];
  answers: Answers;
  /** What the record says, by linkId, and which of it she chose to change. */
  prefilled: Map<string, QuestionnaireResponseItemAnswer[]>;
  declined: Set<string>;
  chart: Chart;
  /** Undefined until the service gave them: the page says so. */
  alerts: Alerts | undefined;
  drafts: DraftStore;
  step: number;
  sending: Sending | undefined;
};

/** linkIds of questions that are closed by another answer. */
export const disabledNow = ({ forms, answers }: Session): Set<string> =>
  new Set(forms.flatMap((form) => [...disabledIn(form, answers)]));

/** What the answers mean at once. @param isFinished nothing is still to come */
export function raisedNow(session: Session, isFinished: boolean): Raised[] {
  const { alerts, answers, steps } = session;
  const pending = isFinished ? [] : steps.flatMap(({ items }) => items.map(({ linkId }) => linkId));
  const disabled = disabledNow(session);
  const counted = new Map([...answers].filter(([linkId]) => !disabled.has(linkId)));
  return raisedBy(alerts?.alerts ?? [], counted, new Set(pending));
}

/** Keeps the draft on the device, without what may not be kept. */
export function keep(session: Session): void {
  const { drafts, answers, forms, step, sending } = session;
  const kept = [...withoutConfidential(answers, forms)];
  drafts.save({ answers: kept, step, ...(sending && { sending }) });
}

export const holdsConfidential = ({ answers, forms }: Session): boolean => {
  const hidden = confidentialIn(forms);
  return [...answers.keys()].some((linkId) => hidden.has(linkId));
};

/** What the service may know on the way: answers as if they were final, confidential ones left out. */
export function knownSoFar(session: Session, authored = new Date().toISOString()): Known {
  const { authored: forms, answers, record, start, chart } = session;
  const shown = withoutConfidential(answers, forms);
  const head = { patientId: record.patientId, authored, status: 'completed' as const };
  return {
    plan: start.plan,
    patientId: record.patientId,
    responses: forms.flatMap((form) => responseTo(form, shown, head) ?? emptyResponse(form, head)),
    chart: chart.bundle,
    searched: chart.searched,
  };
}

/** That the form is being filled says something before the first answer. */
function emptyResponse(
  form: Questionnaire,
  { patientId, authored }: { patientId: string; authored: string },
): QuestionnaireResponse {
  return {
    resourceType: 'QuestionnaireResponse',
    questionnaire: `${form.url}|${form.version}`,
    status: 'in-progress',
    subject: { reference: `Patient/${patientId}` },
    authored,
  };
}

/** What is sent: every answer, each response with the identifier by which it is stored once. */
export function responsesToSend(session: Session, { identifier, authored }: Sending): QuestionnaireResponse[] {
  const { authored: forms, answers, record } = session;
  const head = { patientId: record.patientId, authored, status: 'completed' as const };
  return forms.flatMap((form, at): QuestionnaireResponse[] => {
    const response = responseTo(form, answers, head);
    if (!response) return [];
    return [
      {
        ...response,
        identifier: {
          system: 'urn:ietf:rfc:3986',
          value: `urn:uuid:${at === 0 ? identifier : shifted(identifier, at)}`,
        },
      },
    ];
  });
}

/** A uuid of its own for each form of one hand-in, the same at every try. */
const shifted = (uuid: string, by: number): string => {
  const last = (Number.parseInt(uuid.slice(-4), 16) + by) % 0x1_0000;
  return `${uuid.slice(0, -4)}${last.toString(16).padStart(4, '0')}`;
};
