/** "What to do now" and "Tell the patient". */
import { oncePer } from '../knowledge/once-per.ts';
import { wordingIn } from '../knowledge/read-patient-texts.ts';
import type { PatientText, RuleAction } from '../knowledge/topic.ts';
import type { CardContext } from './card-context.ts';
import { escapedWords } from './escape.ts';
import { bullet, type Section } from './section.ts';
import { actionKey, questionsToAsk } from './selection.ts';
import { withService } from './services.ts';
import { spokenRules } from './spoken.ts';

/** The level's target, then the union of actions, most urgent rules first; each once (spec C.2-3). */
export function doSection(context: CardContext): Section {
  const [{ group, raised }] = context.findings as [CardContext['findings'][number]];
  const lines = [group.meaning].filter((text) => text !== '').map((text) => bullet(escapedWords(text)));
  const measured = raised.filter(({ by }) => by.when === 'measured');
  if (measured.length > 0) {
    const labels = measured.flatMap(({ by }) => by.open.flatMap(({ unknown }) => unknown.map(({ label }) => label)));
    lines.push(bullet(`Record now: ${[...new Set(labels)].map(escapedWords).join(', ')}`));
  }
  if (questionsToAsk(context.decision).length > 0) lines.push(bullet('Ask the open questions below in this contact'));
  lines.push(...proposedActions(context).map((action) => bullet(escapedWords(withService(action, context.settings)))));

  return { title: group.target ? `What to do now (${escapedWords(group.target)})` : 'What to do now', lines };
}

/** The patient texts of the printed rules and of what they propose, each once. */
export function tellSection(context: CardContext): Section {
  const [gate = ''] = context.decision.gates;
  const texts = toldTexts(context).map((told) => wordingIn(told, gate).text);
  return { title: 'Tell the patient', lines: [...new Set(texts)].map((text) => bullet(escapedWords(text))) };
}

/** What the patient is told, most urgent rules first. */
export function toldTexts(context: CardContext): PatientText[] {
  const noted = context.decision.notes.flatMap(({ forPatient }) => forPatient ?? []);
  const spoken = spokenRules(context).flatMap(({ rule, actions }) => [
    ...actions.flatMap(({ patientTexts }) => patientTexts),
    ...rule.patientTexts,
  ]);
  return [...spoken, ...noted];
}

/** Actions of the printed rules, most urgent first, each once. */
export const proposedActions = oncePer((context: CardContext): RuleAction[] => {
  const actions = new Map<string, RuleAction>();
  for (const { actions: proposed } of spokenRules(context)) {
    for (const action of proposed) if (!actions.has(actionKey(action))) actions.set(actionKey(action), action);
  }
  return [...actions.values()];
});
