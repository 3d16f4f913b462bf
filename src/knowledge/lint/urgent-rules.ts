/** Rules whose being open raises a level never take unknown for no: no negation over what nobody may have asked. */
import type { Atom } from '../condition.ts';
import type { FactClass, FactDefinition } from '../fact-definition.ts';
import { CONTEXT_NAMES, DECISION_NAMES } from '../names.ts';
import type { Problem } from '../sources.ts';
import type { Topic } from '../topic.ts';
import { allAtoms, isUrgent, nameOf } from './places.ts';
import { remembered } from './remembered.ts';
import { optionShape, unknownAsNo, unknownForValue } from './shapes.ts';
import { problems, type Subject } from './subject.ts';
import { namesIn, type Term, termOf } from './term.ts';

const ENGINE: ReadonlySet<string> = new Set([...CONTEXT_NAMES, ...DECISION_NAMES]);

/** Classes of which a "no" is an answer that somebody has to give. */
const ANSWERED: ReadonlySet<FactClass> = new Set(['symptom', 'private', 'observer']);

/** Findings about rules of groups with `raise-when-open`, and about everything they read. */
export function negatedUrgentRules({ topic, file }: Subject): Problem[] {
  const negationsOf = remembered(({ leaf }: Atom) =>
    negations(termOf(leaf), topic).map((reason) => `reads \`${leaf.text}\`, which ${reason}`),
  );
  return topic.groups.filter(isUrgent).flatMap(({ rules }) =>
    rules.flatMap(({ id, alternatives }) =>
      alternatives.flatMap((alternative) => {
        const reasons = allAtoms(alternative.condition).flatMap(negationsOf);
        return problems(file, nameOf(id, alternative.id), [...new Set(reasons)]);
      }),
    ),
  );
}

/** What in a term may take unknown for no, or rests on a "no". */
function negations(term: Term, topic: Topic): string[] {
  const option = optionShape(term);
  if (option) return ifNegative(topic.factByName.get(option.name), option.option);
  const compared = unknownForValue(term);
  if (compared) return negations(compared, topic);
  if (topic.factByName.get(unknownAsNo(term) ?? '')?.class === 'context') return [];
  switch (term.kind) {
    case 'name':
      return ifNegative(topic.factByName.get(term.name), true);
    case 'call':
      return readsFact(term, topic)
        ? [`uses \`${term.function}()\` over a fact: unknown would count as an answer`]
        : [];
    case 'operation':
      return inOperation(term, topic);
    default:
      return [];
  }
}

function inOperation({ operator, left, right }: Extract<Term, { kind: 'operation' }>, topic: Topic): string[] {
  if (operator === 'and' || operator === 'or') return [...negations(left, topic), ...negations(right, topic)];
  if (left.kind !== 'name') return negations(left, topic);
  const fact = topic.factByName.get(left.name);
  if (operator === '=' || operator === 'in') return literalsIn(right).flatMap((value) => ifNegative(fact, value));
  if (operator !== '!=') return [];
  const [value] = literalsIn(right);
  if (typeof value === 'boolean') return ifNegative(fact, !value);
  return isAnswered(fact) ? ['is true of every other answer: name the answers that are meant'] : [];
}

/** A literal that holds when the answer is a "no" (spec 0.3-2); an item may say that its "no" is the positive. */
function ifNegative(fact: FactDefinition | undefined, value: string | boolean | undefined): string[] {
  if (!fact || !isAnswered(fact) || (fact.kind !== 'boolean' && typeof value !== 'string')) return [];
  const meaning = fact.options.find((option) => option.value === value)?.meaning;
  const isNo = meaning === undefined ? value === false : meaning === 'negative';
  return isNo ? [`rests on the negative answer of %${fact.name}`] : [];
}

const isAnswered = (fact: FactDefinition | undefined): boolean => fact !== undefined && ANSWERED.has(fact.class);

/** A variable reads what its expression reads; whatever is no name of the engine rests on facts. */
function readsFact(term: Term, { variableByName }: Topic): boolean {
  return namesIn(term)
    .flatMap((name) => variableByName.get(name)?.reads ?? [name])
    .some((name) => !ENGINE.has(name));
}

function literalsIn(term: Term): (string | boolean)[] {
  if (term.kind === 'operation') return [...literalsIn(term.left), ...literalsIn(term.right)];
  if (term.kind !== 'literal') return [];
  return [term.literal.type === 'boolean' ? term.literal.text === 'true' : term.literal.text];
}
