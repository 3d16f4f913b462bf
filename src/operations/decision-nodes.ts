/** A Decision as nodes of a RequestGroup: the levels, in them their rules, in these what they propose. */
import type { CardContext } from '../cards/card-context.ts';
import { factLines } from '../cards/detail-why.ts';
import { type LevelFindings, printedRules } from '../cards/selection.ts';
import { draft } from '../cards/suggestions.ts';
import type { RuleResult } from '../decision/decision.ts';
import type { FhirResource, RequestGroupAction } from '../fhir/types.ts';
import type { Indicator, RuleAction } from '../knowledge/topic.ts';
import type { ActionNode } from '../plan/apply-result.ts';
import { documentation } from './request-group.ts';

const PRIORITIES: Readonly<Record<Indicator, RequestGroupAction['priority']>> = {
  info: 'routine',
  warning: 'urgent',
  critical: 'stat',
};

/** Levels most urgent first; what was suppressed is not said here either. */
export function decisionNodes(context: CardContext): ActionNode[] {
  const printed = printedRules(context.decision.results);
  const nodes = context.findings.map((findings) => levelNode(findings, printed, context));
  return nodes.filter((node) => node.nodes.length > 0);
}

/** `Type/id` of everything that the true conditions rest on, confidential facts apart. */
export function evidenceOf({ decision, findings }: CardContext): string[] {
  const atoms = findings.flatMap(({ fired }) => fired.flatMap(({ because }) => because));
  const facts = atoms.flatMap(({ reads }) => reads).flatMap((name) => decision.facts.get(name) ?? []);
  const used = facts.filter(({ definition }) => !definition.confidential).flatMap((fact) => fact.used);
  return [...new Set(used.map(({ reference }) => reference))].filter((reference) => reference.includes('/'));
}

function levelNode({ group, fired, raised }: LevelFindings, printed: RuleResult[], context: CardContext): ActionNode {
  const rules = fired.filter((result) => printed.includes(result)).map((result) => ruleNode(result, '', context));
  const open = raised.map(({ result }) => ruleNode(result, 'Cannot exclude: ', context));
  return {
    action: {
      id: group.code,
      title: group.title,
      ...(group.meaning !== '' && { description: group.meaning }),
      priority: PRIORITIES[group.indicator] ?? 'routine',
      groupingBehavior: 'logical-group',
    },
    draft: undefined,
    nodes: [...rules, ...open],
  };
}

function ruleNode(result: RuleResult, prefix: string, context: CardContext): ActionNode {
  const { rule, because, actions } = result;
  const facts = factLines(because, rule.alsoShow, context).map((line) => line.replace(/^[\s-]+/, ''));
  return {
    action: {
      id: rule.id,
      title: `${prefix}${rule.title}`,
      ...(facts.length > 0 && { description: facts.join('; ') }),
      ...(rule.why !== '' && { textEquivalent: rule.why }),
      priority: rule.priority as 'routine',
      ...(rule.topic.length > 0 && { code: rule.topic }),
      documentation: rule.citations.map(documentation),
    },
    draft: undefined,
    nodes: actions.map((action) => proposalNode(action, context)),
  };
}

function proposalNode(action: RuleAction, context: CardContext): ActionNode {
  const { title, activity, questionnaire } = action;
  const own = activity ? draft(activity, context) : questionnaire?.url && taskFor(questionnaire.url, title, context);
  return { action: { title }, draft: own || undefined, nodes: [] };
}

function taskFor(form: string, title: string, { patientId, moment }: CardContext): FhirResource {
  return {
    resourceType: 'Task',
    status: 'draft',
    intent: 'proposal',
    description: title,
    focus: { reference: form },
    for: { reference: `Patient/${patientId}` },
    authoredOn: new Date(moment.now).toISOString(),
  };
}
