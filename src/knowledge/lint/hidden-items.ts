/** An item that an urgent rule reads is not hidden while the rule may still hold: hidden is unknown, never no. */
import type { QuestionnaireItem, QuestionnaireItemEnableWhen } from '../../fhir/types.ts';
import { type Atom, atomsOf, type Condition } from '../condition.ts';
import type { Problem } from '../sources.ts';
import { allAtoms, isUrgent, nameOf } from './places.ts';
import { problems, type Subject } from './subject.ts';

/** Findings about items that may be hidden although an urgent alternative reads them. */
export function hiddenItems({ topic, file }: Subject): Problem[] {
  const conditions = new Map(topic.questionnaires.flatMap(({ item }) => hidingConditions(item, [])));
  return topic.groups.filter(isUrgent).flatMap(({ rules }) =>
    rules.flatMap(({ id, alternatives }) =>
      alternatives.flatMap(({ id: name, condition }) => {
        const read = new Set(allAtoms(condition).flatMap(({ reads }) => reads));
        const certain = conjuncts(condition);
        const reasons = [...read].flatMap((fact) =>
          (conditions.get(fact) ?? [])
            .filter((enableWhen) => !certain.some((atom) => isSame(atom, enableWhen)))
            .map(({ question }) => `reads %${fact}, which is hidden by \`enableWhen\` on ${question}: ${REMEDY}`),
        );
        return problems(file, nameOf(id, name), [...new Set(reasons)]);
      }),
    ),
  );
}

const REMEDY = 'this alternative must have the same condition (=) as a literal, or the item must always be asked';

/** Each item with all conditions that may hide it: its own and those of the items around it. */
function hidingConditions(
  items: QuestionnaireItem[] | undefined,
  around: QuestionnaireItemEnableWhen[],
): [string, QuestionnaireItemEnableWhen[]][] {
  return (items ?? []).flatMap(({ linkId, enableWhen = [], item }) => {
    const all = [...around, ...enableWhen];
    return [[linkId, all], ...hidingConditions(item, all)] as [string, QuestionnaireItemEnableWhen[]][];
  });
}

/** Atoms without which a condition is not true, through named variables that are conjunctions themselves. */
function conjuncts(condition: Condition): Atom[] {
  if (condition.kind === 'named') return conjuncts(condition.variable.condition);
  if (condition.kind === 'or') return [];
  return condition.kind === 'atom' ? atomsOf(condition) : condition.parts.flatMap(conjuncts);
}

/** Whether an atom says what an `enableWhen` of operator `=` says. */
function isSame({ leaf: { shape } }: Atom, { question, operator, ...answer }: QuestionnaireItemEnableWhen): boolean {
  if (operator !== '=') return false;
  const { answerCoding, answerBoolean, answerInteger, answerDecimal } = answer;
  const yes = answerCoding?.code === 'Y' || answerBoolean === true;
  if (shape.kind === 'name') return yes && shape.name === question;
  if (shape.kind !== 'comparison' || shape.name !== question || shape.operator !== '=') return false;
  const { type, text } = shape.literal;
  if (type === 'boolean') return text === 'true' ? yes : answerCoding?.code === 'N' || answerBoolean === false;
  if (type === 'number') return Number(text) === (answerInteger ?? answerDecimal);
  return type === 'string' && text === answerCoding?.code;
}
