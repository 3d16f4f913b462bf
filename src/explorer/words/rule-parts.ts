/** Actions, texts and sources of a rule in words. */

import type { Citation, PatientText, RuleAction, Topic } from '../../knowledge/topic.ts';
import { conditionWords } from './condition-words.ts';
import { EVIDENCE_WORDS, evidenceOf } from './evidence-tag.ts';
import { code } from './marks.ts';
import type { PlanFacts } from './plan-texts.ts';

/** What a rule proposes, and under which conditions. */
export function actionWords(
  { title, activity, questionnaire, conditions, removes, patientTexts }: RuleAction,
  topic: Topic,
  plan: PlanFacts,
): string {
  const when = conditions.map((condition) => conditionWords(condition, topic)).join(' **and** ');
  return [
    title,
    activity && ` (${code(activity.id ?? '')}, a draft ${activity.kind})`,
    questionnaire && ' (link to the form)',
    removes && ' (takes the draft away)',
    when && ` — when ${when}`,
    patientTexts.length > 0 && ` — tells the patient: ${patientTexts.map((text) => textWords(text, plan)).join(' ')}`,
  ]
    .filter(Boolean)
    .join('');
}

/** A text with its code; what other gates say instead stands in the table of texts. */
export function textWords({ text, byGate }: PatientText, { codeOf }: PlanFacts): string {
  const id = codeOf.get(text);
  return `${id ? `${code(id)} ` : ''}${text}${byGate.size > 0 ? ` (other words in ${[...byGate.keys()].join(', ')})` : ''}`;
}

/** Where a rule comes from, and how far that was checked. Addresses under example.org lead nowhere. */
export function sourceWords(citation: Citation): string {
  const { display, url, citation: text, label } = citation;
  const linked = url && !url.includes('//example.org/') ? `[${display}](${url})` : display;
  return `${linked} — ${text ?? label} — ${EVIDENCE_WORDS[evidenceOf(citation)]}`;
}
