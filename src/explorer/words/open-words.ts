/** What an alternative raises while it is open (specification 0.3-5, 0.3-6), read off its literals. */
import { discriminates } from '../../decision/open-alternative.ts';
import { atomsOf, type Condition } from '../../knowledge/condition.ts';
import type { FactClass } from '../../knowledge/fact-definition.ts';
import type { Alternative, LevelGroup, RaiseKind, Topic } from '../../knowledge/topic.ts';
import { conditionWords } from './condition-words.ts';
import { quoted } from './marks.ts';

const KIND_OF: Record<FactClass, RaiseKind | 'unread'> = {
  symptom: 'asked',
  context: 'asked',
  measured: 'measured',
  observer: 'measured',
  private: 'private',
  record: 'unread',
};

const KIND_WORDS: Record<RaiseKind | 'unread', string> = {
  asked: 'not asked',
  measured: 'not recorded, face to face',
  private: 'not asked alone (private card)',
  closing: 'not asked, and a safety question that is needed',
  strict: 'not asked, at a site with a strict policy',
  unread: 'not read',
};

/** One alternative of a rule in a group that raises. */
export function openWords(alternative: Alternative, { raises }: LevelGroup, topic: Topic): string {
  const danger = alternative.literals.filter((literal) => pointsToDanger(literal, alternative, topic));
  const raising = raises
    .filter(({ when }) => when !== 'strict')
    .flatMap(({ when, level }) => (canBe(when, alternative, danger, topic) ? `${KIND_WORDS[when]}: ${level}` : []));
  if (raising.length === 0) return 'nothing by itself';
  const signs = danger.map((literal) => quoted(conditionWords(literal, topic))).join(' or ');
  return `when ${signs} is true and something else is ${raising.join('; ')}`;
}

/** Whether something can be true that points to danger while something of the kind is unknown. */
function canBe(when: RaiseKind, { literals }: Alternative, danger: Condition[], topic: Topic): boolean {
  const kind = when === 'closing' ? 'asked' : when;
  return danger.some((sign) => literals.some((other) => other !== sign && kindsOf(other, topic).has(kind)));
}

function pointsToDanger(literal: Condition, { discriminating }: Alternative, { factByName }: Topic): boolean {
  if (literal.kind === 'named' && discriminating.includes(literal.variable.name)) return true;
  const definitions = new Map([...factByName].map(([name, definition]) => [name, { definition }]));
  return atomsOf(literal).some(
    (atom) => atom.leaf.names.some((name) => discriminating.includes(name)) || discriminates(atom, definitions),
  );
}

/** In which ways a literal can be unknown. */
function kindsOf(literal: Condition, { factByName }: Topic): Set<RaiseKind | 'unread'> {
  const facts = atomsOf(literal).flatMap(({ reads }) => reads.flatMap((name) => factByName.get(name) ?? []));
  return new Set(
    facts.filter(({ valueWhenUnknown }) => valueWhenUnknown === undefined).map((fact) => KIND_OF[fact.class]),
  );
}
