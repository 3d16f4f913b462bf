/** One rule action of a level group -> one rule. */
import { milliseconds } from '../fhir/durations.ts';
import {
  extensionBoolean,
  extensionExpression,
  extensionsNamed,
  extensionText,
  extensionTexts,
} from '../fhir/extensions.ts';
import type { PlanDefinitionAction, RelatedArtifact } from '../fhir/types.ts';
import { atomsOf, type Condition, compileCondition, defineVariable, literalsOf, type Scope } from './condition.ts';
import { readTold } from './read-patient-texts.ts';
import type { Catalogue } from './sources.ts';
import type { Alternative, Citation, Gate, PatientText, Rule, RuleAction } from './topic.ts';

/** What reading a rule needs from its plan. */
export type RuleContext = {
  scope: Scope;
  catalogue: Catalogue;
  /** Texts for patients by code. */
  texts: ReadonlyMap<string, PatientText>;
  /** Names of confidential facts: a rule that reads one is private. */
  confidential: ReadonlySet<string>;
  /** Where a fault is said: element and reason. */
  report: (element: string, reason: string) => void;
};

const DEFAULT_GATES: Gate[] = ['PREG', 'POSS'];

/** Reads a rule; alternatives are the action's own variables (spec 0.3-2). */
export function readRule(action: PlanDefinitionAction, level: string, context: RuleContext): Rule {
  const id = action.id ?? '';
  const gates = extensionTexts(action, 'runs-in') as Gate[];
  const alternatives = readAlternatives(action, id, context);
  return {
    id,
    level,
    title: action.title ?? id,
    why: action.textEquivalent ?? '',
    topic: action.code ?? [],
    priority: action.priority ?? 'routine',
    citations: (action.documentation ?? []).map(readCitation),
    alternatives,
    actions: (action.action ?? []).map((child) => readRuleAction(child, id, context)),
    patientTexts: readTold(action, context.texts),
    runsIn: new Set(gates.length > 0 ? gates : DEFAULT_GATES),
    suppressedWhen: compiled(extensionExpression(action, 'suppressed-when'), id, context),
    twinOf: extensionText(action, 'twin-of'),
    alsoShow: extensionTexts(action, 'also-show'),
    gestationUnknownText: extensionText(action, 'gestation-unknown-text'),
    evaluatedLast: extensionBoolean(action, 'evaluated-last') ?? false,
    // The mark is for readers, and the lint insists on it; what reads a confidential fact is private in any case.
    private:
      extensionBoolean(action, 'private') === true ||
      alternatives.some(({ condition }) => readsAny(condition, context.confidential)),
    limit: milliseconds(action.timingDuration),
    showsRulesOf: extensionTexts(action, 'show-rules'),
  };
}

/** Whether a condition reads one of some names, also through variables. */
const readsAny = (condition: Condition, names: ReadonlySet<string>): boolean =>
  atomsOf(condition).some(({ reads }) => reads.some((name) => names.has(name)));

/** Compiles an expression; a fault is reported, not thrown. */
export function compiled(
  expression: string | undefined,
  element: string,
  { scope, report }: Pick<RuleContext, 'scope' | 'report'>,
): Condition | undefined {
  if (expression === undefined) return undefined;
  try {
    return compileCondition(expression, scope);
  } catch (error) {
    report(element, `the expression "${expression}" does not parse: ${reasonOf(error)}`);
    return undefined;
  }
}

/** The first line of what an engine says. */
export const reasonOf = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';

function readAlternatives(action: PlanDefinitionAction, id: string, context: RuleContext): Alternative[] {
  // Alternatives are names of this rule only: a copy of the scope forgets them.
  const scope: Scope = { ...context.scope, variables: new Map(context.scope.variables) };
  const alternatives: Alternative[] = [];
  for (const { valueExpression: expression } of extensionsNamed(action, 'variable')) {
    if (!expression?.name || !expression.expression) continue;
    try {
      const { name, description = '', expression: text } = expression;
      const { condition } = defineVariable({ name, description, expression: text }, scope);
      alternatives.push(alternative(name, condition, extensionTexts(expression, 'discriminating')));
    } catch (error) {
      context.report(`${id}.${expression.name}`, `the expression does not parse: ${reasonOf(error)}`);
    }
  }
  context.scope.count = scope.count;
  if (alternatives.length > 0) return alternatives;
  const condition = compiled(action.condition?.[0]?.expression?.expression, id, { scope, report: context.report });
  return condition ? [alternative(id, condition, [])] : [];
}

const alternative = (id: string, condition: Condition, discriminating: string[]): Alternative => ({
  id,
  condition,
  literals: literalsOf(condition),
  discriminating,
});

function readRuleAction(child: PlanDefinitionAction, rule: string, context: RuleContext): RuleAction {
  const id = child.id ?? `${rule}-action`;
  const target = child.definitionCanonical?.split('|')[0];
  const activity = target ? context.catalogue.activities.get(target) : undefined;
  const questionnaire = target ? context.catalogue.questionnaires.get(target) : undefined;
  const conditions = (child.condition ?? []).flatMap(
    ({ expression }) => compiled(expression?.expression, id, context) ?? [],
  );
  return {
    id,
    title: child.title ?? activity?.title ?? questionnaire?.title ?? id,
    conditions,
    removes: child.type?.coding?.some(({ code }) => code === 'remove') ?? false,
    activity,
    questionnaire,
    patientTexts: readTold(child, context.texts),
  };
}

function readCitation(artifact: RelatedArtifact): Citation {
  const label = artifact.label ?? artifact.display ?? artifact.citation ?? '';
  return { label, display: artifact.display ?? label, url: artifact.url, citation: artifact.citation };
}
