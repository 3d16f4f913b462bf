/** What the person is told at the end: patient texts only, of public rules only. */
import type { CardContext } from '../cards/card-context.ts';
import { toldTexts } from '../cards/detail-do.ts';
import { findingsByLevel, questionsToAsk } from '../cards/selection.ts';
import type { Decision } from '../decision/decision.ts';
import type { Indicator, PatientText, Topic } from '../knowledge/topic.ts';
import { askedOf } from './asked.ts';
import { safetyNet, type Told, toldTo } from './told.ts';

export type PatientResult = {
  /** How urgent; absent = no rule speaks, which is no all-clear. */
  indicator?: Indicator;
  tell: Told[];
  safetyNet: Told[];
  /** Questions that would settle something now. */
  open: string[];
  /** Something could not be read or evaluated: what is said rests on a part of the record. */
  partial: boolean;
};

type Input = Pick<CardContext, 'moment' | 'settings' | 'newUuid' | 'patientId' | 'encounterId'>;

/** The public side of a decision, in the words of the plan for patients. */
export function patientResult(topic: Topic, decision: Decision, input: Input, lang: string | undefined): PatientResult {
  const findings = decision.silent ? [] : findingsByLevel(topic, decision.results);
  const contact: CardContext['contact'] = { hook: '', resolutionsUnread: false, pending: [] };
  const [first] = findings;
  const net = safetyNet(topic);
  const asked = new Set(askedOf(topic).map(({ name }) => name));
  const texts = first ? toldTexts({ ...input, topic, decision, contact, findings }) : [];
  const without = (text: PatientText) => !net.includes(text);
  return {
    ...(first && { indicator: first.group.indicator }),
    tell: toldTo([...(first?.group.patientTexts ?? []), ...texts.filter(without)], decision.gates, lang),
    safetyNet: toldTo(net, decision.gates, lang),
    open: questionsToAsk(decision)
      .map(({ name }) => name)
      .filter((name) => asked.has(name)),
    partial: decision.failures.length > 0 || decision.evidence.unread.length > 0,
  };
}
