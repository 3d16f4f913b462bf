/** Hook requests that tests of the protocol start from, and what they say of the answers. */
import { type Card, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import { loadTopics } from '../../src/knowledge/load.ts';
import { type ClinicalCase, hookRequestOf } from './case.ts';

export const topics = loadTopics('.');
export const questionnaires = topics.flatMap((topic) => topic.questionnaires);
export const SERVICE = '/cds-services/back-pain-in-pregnancy';

/** Prefetch keys and the types they hold. */
export const KEYS = {
  patient: 'Patient',
  responses: 'QuestionnaireResponse',
  observations: 'Observation',
  conditions: 'Condition',
  encounters: 'Encounter',
  procedures: 'Procedure',
  medications: 'MedicationRequest',
  medicationStatements: 'MedicationStatement',
  lists: 'List',
  episodes: 'EpisodeOfCare',
} as const;

export type Key = keyof typeof KEYS;
export type HookBody = Record<string, unknown> & {
  context: Record<string, unknown>;
  prefetch: Record<string, unknown>;
};

const at24Weeks = { spec: 'protocol', gestation: '24+0', located: true, expect: {} };

/** Numbness between the legs: an emergency. */
export const EMERGENCY: ClinicalCase = {
  ...at24Weeks,
  title: 'numb between the legs',
  faceToFace: true,
  form: { base: 'clear', answers: { severity: 8, saddleNumbness: 'yes' } },
};

/** Everything asked and denied. */
export const MILD: ClinicalCase = {
  ...at24Weeks,
  title: 'mild pain, all clear',
  form: { base: 'clear', answers: { severity: 2 } },
};

/** No back pain: nothing is said. */
export const SILENT: ClinicalCase = {
  ...at24Weeks,
  title: 'no back pain',
  form: { base: 'clear', answers: { backPain: 'no', severity: 0 } },
};

/** The request of a case, with other members. */
export function requestOf(clinicalCase: ClinicalCase, changes: Record<string, unknown> = {}): HookBody {
  return { ...hookRequestOf(clinicalCase, questionnaires), ...changes } as HookBody;
}

/** The same request with some prefetch keys replaced; `undefined` leaves a key out. */
export function withPrefetch(request: HookBody, changes: Record<string, unknown>): HookBody {
  const entries = Object.entries({ ...request.prefetch, ...changes }).filter(([, value]) => value !== undefined);
  return { ...request, prefetch: Object.fromEntries(entries) };
}

/** Everything that cards say to people. */
const textOf = (cards: Card[]): string => cards.map(({ summary, detail }) => `${summary}\n${detail}`).join('\n');

/** The level of the first card. */
export const levelOf = ([card]: Card[]): string | undefined => card?.extension[EXTENSION_NAME].level;

/** Cards without what is new in every answer. */
export function withoutUuids(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, member) => (key === 'uuid' ? undefined : member)));
}

/** The types that cards say could not be read. */
export function saidUnread(cards: Card[]): string[] {
  const found = textOf(cards).matchAll(/[Cc]ould not be read: ([A-Z][A-Za-z]+(?:, [A-Z][A-Za-z]+)*)/g);
  return [...new Set([...found].flatMap(([, types = '']) => types.split(', ')))].sort();
}
