/** Knowledge resources as flat lists of parts, so that a rule about one level is one line of a table. */
import type { Extensible } from '../../fhir/extensions.ts';
import { extensionName } from '../../fhir/extensions.ts';
import type {
  FhirResource,
  PlanDefinition,
  PlanDefinitionAction,
  Questionnaire,
  QuestionnaireItem,
} from '../../fhir/types.ts';
import { conceptMapParts, type TermLevel, valueSetParts } from './term-parts.ts';

/** Where a part stands. An `alternative` is a variable of a rule, a `moment` a root action of a plan. */
export type Level =
  | 'plan'
  | 'artifact'
  | 'variable'
  | 'moment'
  | 'trigger'
  | 'level'
  | 'rule'
  | 'alternative'
  | 'citation'
  | 'condition'
  | 'expression'
  | 'action'
  | 'questionnaire'
  | 'group'
  | 'display'
  | 'item'
  | 'option'
  | 'enableWhen'
  | 'activity'
  | TermLevel;

/** A part, the level it stands at, and what findings call it. */
export type Part = { level: Level; element: string; node: Extensible };

/** All parts of a resource; of resources that the engine does not read, none. */
export function partsOf(resource: FhirResource): Part[] {
  switch (resource.resourceType) {
    case 'PlanDefinition':
      return planParts(resource);
    case 'Questionnaire':
      return questionnaireParts(resource);
    case 'ActivityDefinition':
      return [{ level: 'activity', element: resource.id ?? 'ActivityDefinition', node: resource }];
    case 'ValueSet':
      return valueSetParts(resource);
    case 'ConceptMap':
      return conceptMapParts(resource);
    default:
      return [];
  }
}

/** The elements of a part by name. */
export const fieldsOf = (node: object): Map<string, unknown> => new Map(Object.entries(node));

function planParts(plan: PlanDefinition): Part[] {
  const element = plan.id ?? 'PlanDefinition';
  return [
    { level: 'plan', element, node: plan },
    ...(plan.relatedArtifact ?? []).map((node): Part => ({ level: 'artifact', element, node })),
    ...expressions(plan, element, 'variable'),
    ...(plan.action ?? []).flatMap(momentParts),
  ];
}

function momentParts(root: PlanDefinitionAction): Part[] {
  const element = root.id ?? 'root action';
  return [
    { level: 'moment', element, node: root },
    ...(root.trigger ?? []).map((node): Part => ({ level: 'trigger', element, node })),
    ...(root.action ?? []).flatMap(levelParts),
  ];
}

function levelParts(group: PlanDefinitionAction): Part[] {
  return [
    { level: 'level', element: group.id ?? 'level group', node: group },
    ...(group.action ?? []).flatMap(ruleParts),
  ];
}

function ruleParts(rule: PlanDefinitionAction): Part[] {
  const element = rule.id ?? rule.title ?? 'rule';
  return [
    { level: 'rule', element, node: rule },
    ...(rule.documentation ?? []).map((node): Part => ({ level: 'citation', element, node })),
    ...conditions(rule, element),
    ...expressions(rule, element, 'alternative'),
    ...(rule.action ?? []).flatMap((child): Part[] => {
      const id = child.id ?? `${element} action`;
      return [{ level: 'action', element: id, node: child }, ...conditions(child, id)];
    }),
  ];
}

function conditions(action: PlanDefinitionAction, element: string): Part[] {
  return (action.condition ?? []).flatMap((condition): Part[] => [
    { level: 'condition', element, node: condition },
    ...(condition.expression ? [{ level: 'expression' as const, element, node: condition.expression }] : []),
  ]);
}

/** Expressions in extensions; variables are called by their own name. */
function expressions(owner: Extensible, element: string, variables: Level): Part[] {
  return (owner.extension ?? []).flatMap((extension): Part[] => {
    const node = extension.valueExpression;
    if (!node) return [];
    if (extensionName(extension) !== 'variable') return [{ level: 'expression', element, node }];
    const name = node.name ?? 'variable';
    return [{ level: variables, element: variables === 'alternative' ? `${element}.${name}` : name, node }];
  });
}

function questionnaireParts(questionnaire: Questionnaire): Part[] {
  const element = questionnaire.id ?? 'Questionnaire';
  return [
    { level: 'questionnaire', element, node: questionnaire },
    ...expressions(questionnaire, element, 'expression'),
    ...(questionnaire.item ?? []).flatMap(itemParts),
  ];
}

function itemParts(item: QuestionnaireItem): Part[] {
  const element = item.linkId;
  const level = item.type === 'group' || item.type === 'display' ? item.type : 'item';
  return [
    { level, element, node: item },
    ...(item.enableWhen ?? []).map((node): Part => ({ level: 'enableWhen', element, node })),
    ...(item.answerOption ?? []).map((node): Part => {
      return { level: 'option', element: `${element}.${node.valueCoding?.code ?? 'option'}`, node };
    }),
    ...expressions(item, element, 'expression'),
    ...(item.item ?? []).flatMap(itemParts),
  ];
}
