/** Facts and rules about draft orders: read from a part that exists, and by rules about orders only. */

import { ORDER_HOOKS } from '../../cds-hooks/draft-orders.ts';
import { extensionsNamed, extensionText, extensionTexts } from '../../fhir/extensions.ts';
import type { PlanDefinitionAction, QuestionnaireItem } from '../../fhir/types.ts';
import type { FactDefinition, OrderSource } from '../fact-definition.ts';
import { LOOKED_UP } from '../names.ts';
import type { OrderTerms } from '../order-terms.ts';
import { isOfOrders } from '../read-ordering.ts';
import type { Problem } from '../sources.ts';
import { allAtoms, placesOf } from './places.ts';
import { problems, type Subject } from './subject.ts';

/** Findings about orders. */
export function wrongOrders(subject: Subject): Problem[] {
  return [...wrongOrderFacts(subject), ...readTooEarly(subject), ...wrongMoments(subject)];
}

function wrongOrderFacts({ topic, items }: Subject): Problem[] {
  return items.flatMap(({ item, fact, file }) => problems(file, fact.name, againstFact(item, fact, topic.orderTerms)));
}

function againstFact(item: QuestionnaireItem, fact: FactDefinition, terms: OrderTerms): string[] {
  const limbs = extensionsNamed(item, 'fact-source').filter((s) => extensionText(s, 'resource') !== 'Order');
  const strayed = limbs.some((source) => extensionText(source, 'order-part') ?? extensionText(source, 'value-set'));
  const reasons = strayed ? ['`order-part` and `value-set` belong to a `fact-source` in Order'] : [];
  if (fact.orderSources.length === 0) return reasons;
  if (fact.sources.length > 0) reasons.push('a fact is of an order or of the chart, not of both');
  if (!fact.readOnly) reasons.push('nobody is asked what an order says: the item is `readOnly`');
  const stated = extensionsNamed(item, 'fact-source').filter((s) => extensionText(s, 'order-part') === undefined);
  if (stated.length > limbs.length) reasons.push('a `fact-source` in Order names no `order-part`');
  return [...reasons, ...fact.orderSources.flatMap((source) => againstSource(source, fact, terms))];
}

const LOOKED_UP_PARTS: readonly OrderSource['part'][] = ['ingredient', 'form', 'reason', 'category', 'service'];

function againstSource({ part, valueSet }: OrderSource, { kind }: FactDefinition, terms: OrderTerms): string[] {
  const wanted = part === 'daily-dose' ? 'quantity' : 'boolean';
  const reasons = kind === wanted ? [] : [`the part \`${part}\` of an order is read as a ${wanted}, not as a ${kind}`];
  const looksUp = LOOKED_UP_PARTS.includes(part);
  if (!looksUp) return valueSet ? [...reasons, `the part \`${part}\` is looked up in no ValueSet`] : reasons;
  if (valueSet !== undefined && terms.sets.has(valueSet)) return reasons;
  return [...reasons, `the part \`${part}\` is looked up in ${valueSet ?? 'nothing'}: no ValueSet here`];
}

/** Triage is decided before any order is looked at. */
function readTooEarly(subject: Subject): Problem[] {
  const { topic } = subject;
  const ofOrders = new Set(topic.orderFacts.map(({ name }) => name));
  const later = new Set(topic.orderGroups.flatMap(({ rules }) => rules.flatMap(elementsOf)));
  const lookedUp = new Set<string>(Object.values(LOOKED_UP));
  return placesOf(subject)
    .filter(({ element }) => !later.has(element) && (!topic.variableByName.has(element) || lookedUp.has(element)))
    .flatMap(({ file, element, condition }) => {
      const read = new Set(allAtoms(condition).flatMap(({ reads }) => reads));
      const names = [...read].filter((name) => ofOrders.has(name));
      return problems(
        file,
        element,
        names.map((name) => `reads \`%${name}\` of an order: known to rules about orders only`),
      );
    });
}

const elementsOf = ({ id, alternatives, actions }: Subject['topic']['groups'][number]['rules'][number]): string[] => [
  id,
  ...alternatives.map((alternative) => `${id}.${alternative.id}`),
  ...actions.map((action) => action.id),
];

function wrongMoments({ topic, plan, file, fileOf }: Subject): Problem[] {
  const levels = new Set(topic.allGroups.map(({ code }) => code));
  const maps = topic.questionnaires.flatMap((questionnaire) =>
    extensionTexts(questionnaire, 'code-map')
      .filter(() => topic.orderTerms.translations.size + topic.orderTerms.names.length === 0)
      .flatMap((url) =>
        problems(fileOf(questionnaire.url ?? ''), questionnaire.id ?? '', [`${url} is no ConceptMap here`]),
      ),
  );
  return [
    ...maps,
    ...(plan.action ?? []).flatMap((root) => problems(file, root.id ?? 'root action', againstRoot(root, levels))),
  ];
}

function againstRoot(root: PlanDefinitionAction, levels: ReadonlySet<string>): string[] {
  const ofOrders = isOfOrders(root);
  const groups = root.action ?? [];
  const rules = groups.flatMap(({ action = [] }) => action);
  const reasons: string[] = [];
  const mixed = !ofOrders && root.trigger?.some(({ name = '' }) => ORDER_HOOKS.has(name));
  if (mixed) reasons.push('a moment is about draft orders or about the person: its triggers mix both');
  if (ofOrders && groups.some((group) => extensionsNamed(group, 'raise-when-open').length > 0)) {
    reasons.push('an open rule about an order raises nothing: no `raise-when-open` here');
  }
  for (const { code } of rules.flatMap(({ action = [] }) => action.flatMap(({ type }) => type?.coding ?? []))) {
    if (code !== 'remove') reasons.push(`the action type \`${code}\` is not read: only \`remove\``);
    else if (!ofOrders) reasons.push('only a rule about an order can take one away');
  }
  for (const code of rules.flatMap((rule) => extensionTexts(rule, 'show-rules'))) {
    if (!levels.has(code)) reasons.push(`\`show-rules\` names the unknown level ${code}`);
  }
  return reasons;
}
