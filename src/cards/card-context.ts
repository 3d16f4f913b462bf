/** What the parts of a card are made from. */
import type { Decision } from '../decision/decision.ts';
import type { Moment } from '../evidence/chart.ts';
import type { Topic } from '../knowledge/topic.ts';
import type { LevelFindings } from './selection.ts';

/** What the site adds to cards. */
export type CardSettings = {
  /** Where the form app is launched, when configured. */
  formUrl?: string | undefined;
};

export type CardContext = {
  topic: Topic;
  decision: Decision;
  moment: Moment;
  settings: CardSettings;
  patientId: string;
  encounterId: string | undefined;
  /** Random uuids: new ones in every response (UID-2). */
  newUuid: () => string;
  /** Findings by level, most urgent first; never empty. */
  findings: LevelFindings[];
};
