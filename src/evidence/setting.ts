/** The setting of the contact and the state of the form (design/architecture section 6, spec 0.3-5, D04). */
import { instantRange } from '../fhir/dates.ts';
import { HOUR, MINUTE } from '../fhir/durations.ts';
import { referenceTo } from '../fhir/references.ts';
import type { Encounter, QuestionnaireResponse } from '../fhir/types.ts';
import type { Chart, Moment } from './chart.ts';

export type Setting = {
  faceToFace: boolean;
  inHospital: boolean;
  /** The Encounter could not be read: taken as remote, and said. */
  unread: boolean;
  encounter?: Encounter | undefined;
};

export type ResponseState = {
  status: 'none' | 'in-progress' | 'completed';
  /** Age in hours of the newest response; undefined when there is none or it has no date. */
  hours: number | undefined;
  reference?: string | undefined;
};

const OPEN = ['arrived', 'triaged', 'in-progress', 'onleave'];
const VIRTUAL = 'VR';
const HOSPITAL = ['IMP', 'ACUTE', 'NONAC', 'EMER', 'OBSENC', 'SS'];

/** The encounter of the hook, else the newest open one of the patient. */
export function settingOf(chart: Chart, encounters: Encounter[], { zone }: Moment): Setting {
  const start = (encounter: Encounter) => instantRange(encounter.period?.start, zone)?.from ?? 0;
  const named = encounters.find(({ id }) => id !== undefined && id === chart.encounterId);
  const [newest] = encounters
    .filter(({ status }) => OPEN.includes(status))
    .sort((a, b) => start(b) - start(a) || referenceTo(a).localeCompare(referenceTo(b)));
  const encounter = named ?? (chart.encounterId === undefined ? newest : undefined);
  const code = encounter?.class?.code;
  return {
    faceToFace: code !== undefined && code !== VIRTUAL,
    inHospital: HOSPITAL.includes(code ?? ''),
    unread: !encounter && !chart.read.has('Encounter'),
    encounter,
  };
}

/** The newest response to one Questionnaire. */
export function responseState(
  responses: QuestionnaireResponse[],
  questionnaire: string | undefined,
  { now, zone }: Moment,
): ResponseState {
  const dated = responses
    .filter((response) => response.questionnaire?.split('|')[0] === questionnaire)
    .map((response) => ({ response, on: instantRange(response.authored, zone) }))
    // A date without a time may be any moment of that day up to now.
    .filter(({ on }) => on === undefined || on.from <= now + 5 * MINUTE)
    .map(({ response, on }) => ({ response, at: on && Math.min(on.to, now) }))
    .sort((a, b) => (b.at ?? 0) - (a.at ?? 0) || referenceTo(a.response).localeCompare(referenceTo(b.response)));
  const [newest] = dated;
  if (!newest) return { status: 'none', hours: undefined };
  const completed = ['completed', 'amended'].includes(newest.response.status);
  return {
    status: completed ? 'completed' : 'in-progress',
    hours: newest.at === undefined ? undefined : Math.max(0, now - newest.at) / HOUR,
    reference: referenceTo(newest.response),
  };
}
