/** "Not ruled out": questions to ask, what was not asked or not recorded, what could not be read or evaluated. */
import type { Decision } from '../decision/decision.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import { oncePer } from '../knowledge/once-per.ts';
import type { CardContext } from './card-context.ts';
import { escaped, escapedWords } from './escape.ts';
import { bullet, type Section } from './section.ts';
import { isAskable, isObservable, leftOpen, questionsToAsk } from './selection.ts';
import { setAsideLines } from './set-aside.ts';

/** More questions than these are named, not quoted: the form asks them better. */
const QUOTED = 10;

/** What stands open after everything that is known. */
export function openSection(context: CardContext): Section {
  const { decision, topic } = context;
  const { evidence, failures } = decision;
  const questions = questionsToAsk(decision);
  const notAsked = leftOpen(topic, decision, isAskable).filter((fact) => !questions.includes(fact));
  const notRecorded = leftOpen(topic, decision, isObservable);
  return {
    title: 'Not ruled out',
    lines: [
      ...questionLines(questions, context),
      ...provisionalLines(context),
      ...byState(notAsked, context),
      ...(!evidence.setting.faceToFace && noneRecorded(context) ? [bullet('No observations available')] : []),
      ...listed('Not recorded', notRecorded),
      ...unreadLines(decision),
      ...(evidence.setting.unread ? [bullet('The encounter could not be read: taken as remote')] : []),
      ...failures.map(({ expression }) => bullet(`Could not be evaluated, taken as unknown: ${escaped(expression)}`)),
      ...setAsideLines(context),
    ],
  };
}

/** Site policy `strict` (spec 0.3 end). */
function provisionalLines({ decision: { provisional, level }, topic }: CardContext): string[] {
  if (provisional === undefined || provisional === level) return [];
  const title = topic.groups.find(({ code }) => code === provisional)?.title ?? provisional;
  return [bullet(`Provisional level if all unanswered items are no: ${escaped(title)}`)];
}

function questionLines(questions: FactDefinition[], context: CardContext): string[] {
  if (questions.length > QUOTED) return byState(questions, context, 'Ask now: ');
  return questions.map((fact) => {
    const state = stateOf(fact, context);
    const note = state === NOT_ASKED ? '' : `: ${state.toLowerCase()}`;
    return bullet(`Ask: “${escapedWords(fact.question)}” (${escapedWords(fact.label)}${note})`);
  });
}

/** Labels, grouped by why they are unknown. */
function byState(facts: FactDefinition[], context: CardContext, prefix = ''): string[] {
  const states = [...new Set(facts.map((fact) => stateOf(fact, context)))];
  return states.flatMap((state) => {
    return listed(
      `${prefix}${state}`,
      facts.filter((fact) => stateOf(fact, context) === state),
    );
  });
}

const listed = (title: string, facts: FactDefinition[]): string[] =>
  facts.length === 0 ? [] : [bullet(`${title}: ${facts.map(({ label }) => escapedWords(label)).join(', ')}`)];

const NOT_ASKED = 'Not asked';

function stateOf({ name }: FactDefinition, { decision }: CardContext): string {
  const fact = decision.facts.get(name);
  if (fact?.value !== undefined) return 'Not exact enough';
  if (fact?.unknown === 'not-sure') return 'Answered “not sure”';
  return fact?.setAside.some(({ reason }) => reason === 'stale') ? 'Answer too old' : NOT_ASKED;
}

const noneRecorded = ({ decision, topic }: CardContext): boolean =>
  recordable(topic.facts).every(({ name }) => decision.facts.get(name)?.value === undefined);

const recordable = oncePer((facts: FactDefinition[]) => facts.filter((fact) => isObservable(fact) && !fact.readOnly));

/** Every resource type that could not be read, in one line: on a thin client there are several. */
export const unreadLines = ({ evidence: { unread } }: Pick<Decision, 'evidence'>): string[] =>
  unread.length === 0 ? [] : [bullet(`Data could not be read: ${unread.map(escaped).join(', ')}`)];
