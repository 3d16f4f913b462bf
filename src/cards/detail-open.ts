/** "Not ruled out": questions to ask, what was not asked or not recorded, what could not be read or evaluated. */
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { CardContext } from './card-context.ts';
import { escaped } from './escape.ts';
import { bullet, type Section } from './section.ts';
import { isAskable, isObservable, leftOpen, questionsToAsk } from './selection.ts';
import { setAsideLines } from './set-aside.ts';

/** What stands open after everything that is known. */
export function openSection(context: CardContext): Section {
  const { decision, topic } = context;
  const questions = questionsToAsk(decision);
  const notAsked = leftOpen(topic, decision, isAskable).filter((fact) => !questions.includes(fact));
  const notRecorded = leftOpen(topic, decision, isObservable);
  const remote = !decision.evidence.setting.faceToFace;
  return {
    title: 'Not ruled out',
    lines: [
      ...questions.map((fact) =>
        bullet(`Ask: “${escaped(fact.question)}” (${escaped(fact.label)}${state(fact, context)})`),
      ),
      ...listed('Not asked', notAsked),
      ...(remote && noneRecorded(context) ? [bullet('No observations available')] : []),
      ...listed('Not recorded', notRecorded),
      ...decision.evidence.unread.map((type) => bullet(`Data could not be read: ${type}`)),
      ...(decision.evidence.setting.unread ? [bullet('The encounter could not be read: taken as remote')] : []),
      ...decision.failures.map(({ expression }) =>
        bullet(`Could not be evaluated, taken as unknown: ${escaped(expression)}`),
      ),
      ...setAsideLines(context),
    ],
  };
}

const listed = (title: string, facts: FactDefinition[]): string[] =>
  facts.length === 0 ? [] : [bullet(`${title}: ${facts.map(({ label }) => escaped(label)).join(', ')}`)];

function state({ name }: FactDefinition, { decision }: CardContext): string {
  const fact = decision.facts.get(name);
  if (fact?.value !== undefined) return ', not exact enough';
  return fact?.unknown === 'not-sure'
    ? ', answered “not sure”'
    : fact?.setAside.some(({ reason }) => reason === 'stale')
      ? ', answer too old'
      : '';
}

const noneRecorded = ({ decision, topic }: CardContext): boolean =>
  topic.facts.every(
    (fact) => !isObservable(fact) || decision.facts.get(fact.name)?.value === undefined || fact.readOnly,
  );
