/** What the parts of a card are made from. */
import type { Contact } from '../decision/contact.ts';
import type { Decision } from '../decision/decision.ts';
import type { Moment } from '../evidence/chart.ts';
import type { Coding } from '../fhir/types.ts';
import type { Topic } from '../knowledge/topic.ts';
import type { LevelFindings } from './selection.ts';

/** What the site adds to cards. */
export type CardSettings = {
  /** Where the form app is launched, when configured. */
  formUrl?: string | undefined;
  /** Names and phones by service role; a role that is missing prints the local emergency number. */
  services?: Readonly<Record<string, { name?: string | undefined; phone?: string | undefined }>> | undefined;
  /** Local codes of drafts, by the id of the ActivityDefinition. */
  orderCodes?: Readonly<Record<string, Coding[]>> | undefined;
};

export type CardContext = {
  topic: Topic;
  decision: Decision;
  contact: Contact;
  moment: Moment;
  settings: CardSettings;
  patientId: string;
  encounterId: string | undefined;
  /** Random uuids: new ones in every response (UID-2). */
  newUuid: () => string;
  /** Findings by level, most urgent first; never empty. */
  findings: LevelFindings[];
  /** Only what the summary and the extension say is wanted: no text, no suggestions, no links. */
  brief?: boolean | undefined;
  /** The card of the confidential facts: the only one that prints them. */
  isPrivate?: boolean;
};
