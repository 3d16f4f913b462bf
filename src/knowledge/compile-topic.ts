/** PlanDefinition + its Questionnaires -> Topic. Faults of expressions are reported; everything else is the lint's. */

import { milliseconds } from '../fhir/durations.ts';
import {
  extensionExpression,
  extensionNamed,
  extensionsNamed,
  extensionText,
  extensionTexts,
} from '../fhir/extensions.ts';
import type { Bindings } from '../fhir/fhirpath.ts';
import type {
  Extension,
  PlanDefinition,
  PlanDefinitionAction,
  Questionnaire,
  QuestionnaireItem,
} from '../fhir/types.ts';
import { atomsOf, defineVariable, emptyScope, type Scope } from './condition.ts';
import type { ClosingItem, FactDefinition, ItemExpressions } from './fact-definition.ts';
import { CONTEXT_NAMES, DECISION_NAMES } from './names.ts';
import { type ItemDefaults, readItem, readItemExpressions, readStandardAnswers, readWindow } from './read-item.ts';
import {
  durationOf,
  readAtHook,
  readHookNotes,
  readLevelHistory,
  readPrivateCard,
  readSiteSettings,
  readWrongServices,
} from './read-moments.ts';
import { isOfOrder, isOfOrders, termsOf } from './read-ordering.ts';
import { readPatientTexts, readTold } from './read-patient-texts.ts';
import { compiled, type RuleContext, readRule, reasonOf } from './read-rule.ts';
import type { Catalogue } from './sources.ts';
import type { Indicator, LevelGroup, Raise, RaiseKind, SiteSetting, Topic } from './topic.ts';

type Report = (element: string, reason: string) => void;

/** The Questionnaires that a plan names, its form first. */
function questionnairesOf(plan: PlanDefinition, catalogue: Catalogue): Questionnaire[] {
  return (plan.relatedArtifact ?? [])
    .filter(({ type }) => type === 'depends-on')
    .flatMap(({ resource }) => catalogue.questionnaires.get(resource?.split('|')[0] ?? '') ?? []);
}

/** Compiles a plan; each distinct atom once. */
export function compileTopic(plan: PlanDefinition, catalogue: Catalogue, report: Report): Topic {
  const questionnaires = questionnairesOf(plan, catalogue);
  const items = questionnaires.flatMap(readQuestionnaire);
  const allFacts = items.map(({ fact }) => fact);
  const [orderFacts, facts] = [allFacts.filter(isOfOrder), allFacts.filter((fact) => !isOfOrder(fact))];
  const scope = emptyScope(new Set(orderFacts.map(({ name }) => name)));
  const variables = extensionsNamed(plan, 'variable').flatMap((extension) => readVariable(extension, scope, report));
  const confidential = new Set(allFacts.filter((fact) => fact.confidential).map(({ name }) => name));
  const context: RuleContext = { scope, catalogue, texts: readPatientTexts(plan), confidential, report };
  const moments = (plan.action ?? []).map((root) => readMoment(root, context));
  const groupsOf = (ofOrders: boolean) => moments.filter((m) => m.ofOrders === ofOrders).flatMap((m) => m.groups);
  const closing = items.flatMap((item) => closingItem(item, context));
  const setBy = items.flatMap(({ fact, expressions }) => {
    const condition = compiled(expressions.setBy, fact.name, context);
    return condition ? [{ fact, condition, reads: atomsOf(condition).flatMap(({ reads }) => reads) }] : [];
  });
  const hookNotes = readHookNotes(plan, context);
  const siteSettings = readSiteSettings(plan);
  return {
    id: plan.id ?? '',
    url: plan.url ?? '',
    version: plan.version ?? '',
    effectiveUntil: plan.effectivePeriod?.end,
    title: plan.title ?? '',
    description: plan.description ?? '',
    publisher: plan.publisher ?? plan.title ?? '',
    coding: plan.topic?.[0]?.coding?.[0],
    hooks: hooksOf(plan),
    questionnaires,
    facts,
    orderFacts,
    orderTerms: termsOf(orderFacts, questionnaires, catalogue),
    factByName: new Map(allFacts.map((fact) => [fact.name, fact])),
    closing,
    setBy,
    atoms: [...scope.atoms.values()],
    variables,
    unknown: unknownBindings(allFacts, siteSettings),
    variableCount: scope.count,
    variableByName: new Map(variables.map((variable) => [variable.name, variable])),
    groups: groupsOf(false),
    orderGroups: groupsOf(true),
    orderPrefixes: gateTexts(moments.filter(({ ofOrders }) => ofOrders).flatMap(({ prefixes }) => prefixes)),
    allGroups: moments.flatMap(({ groups }) => groups),
    gateNotes: gateTexts(extensionsNamed(plan, 'gate-note')),
    gestationUnknownText: extensionText(plan, 'gestation-unknown-text'),
    hookNotes,
    privateCard: readPrivateCard(plan),
    levelHistory: readLevelHistory(plan),
    siteSettings,
  };
}

const gateTexts = (texts: Extension[]): Map<string, string> =>
  new Map(texts.map((text) => [extensionText(text, 'gate') ?? '', extensionText(text, 'text') ?? '']));

/** A root action: its level groups, and whether it speaks of draft orders. */
function readMoment(root: PlanDefinitionAction, context: RuleContext) {
  return {
    groups: (root.action ?? []).map((group) => readGroup(group, context)),
    ofOrders: isOfOrders(root),
    prefixes: extensionsNamed(root, 'gate-prefix'),
  };
}

type ReadItem = { fact: FactDefinition; expressions: ItemExpressions };

function readQuestionnaire(questionnaire: Questionnaire): ReadItem[] {
  const defaults: ItemDefaults = {
    windows: new Map(
      extensionsNamed(questionnaire, 'fact-window').map((w) => [extensionText(w, 'class') ?? '', readWindow(w)]),
    ),
    standardAnswers: readStandardAnswers(questionnaire),
  };
  const forSymptoms = extensionExpression(questionnaire, 'closing-when');
  return leafItems(questionnaire.item).map((item) => ({
    fact: readItem(item, questionnaire.url ?? '', defaults),
    expressions: readItemExpressions(item, forSymptoms),
  }));
}

/** Items that are facts: everything but groups and displays, at any depth. */
export function leafItems(items: QuestionnaireItem[] | undefined): QuestionnaireItem[] {
  return (items ?? []).flatMap((item) => [
    ...(item.type === 'group' || item.type === 'display' ? [] : [item]),
    ...leafItems(item.item),
  ]);
}

function readVariable({ valueExpression: expression }: Extension, scope: Scope, report: Report) {
  if (!expression?.name || !expression.expression) return [];
  const { name, description = '', expression: text } = expression;
  try {
    return [defineVariable({ name, description, expression: text }, scope)];
  } catch (error) {
    report(name, `the expression "${text}" does not parse: ${reasonOf(error)}`);
    return [];
  }
}

function readGroup(action: PlanDefinitionAction, context: RuleContext): LevelGroup {
  const code = action.code?.[0]?.coding?.[0]?.code ?? '';
  return {
    code,
    title: action.title ?? code,
    meaning: action.description ?? '',
    indicator: (extensionText(action, 'level-indicator') ?? 'info') as Indicator,
    target: printTarget(extensionNamed(action, 'level-target')),
    limit: durationOf(extensionNamed(action, 'level-target')),
    raises: extensionsNamed(action, 'raise-when-open').map(readRaise),
    rules: (action.action ?? []).map((rule) => readRule(rule, code, context)),
    atHook: readAtHook(action),
    wrongServices: readWrongServices(action),
    silencedFor: durationOf(extensionNamed(action, 'override-silences')),
    patientTexts: readTold(action, context.texts),
  };
}

function readRaise(extension: Extension): Raise {
  return {
    when: extensionText(extension, 'when') as RaiseKind,
    level: extensionText(extension, 'level') ?? '',
    gates: new Set(extensionTexts(extension, 'gate')),
  };
}

function printTarget(extension: Extension | undefined): string | undefined {
  const duration = extension?.valueDuration;
  if (!duration || milliseconds(duration) === undefined) return extension?.valueString;
  return `within ${duration.value} ${duration.unit ?? duration.code}`;
}

function closingItem({ fact, expressions }: ReadItem, context: RuleContext): ClosingItem[] {
  const when = expressions.closingWhen.flatMap((text) => compiled(text, fact.name, context) ?? []);
  if (when.length === 0) return [];
  return [{ fact, when, closedBy: compiled(expressions.closedBy, fact.name, context) }];
}

/** `[]` for every name, but for the facts that are never unknown and the site's choices. */
function unknownBindings(facts: FactDefinition[], settings: SiteSetting[]): Bindings {
  const names = [...CONTEXT_NAMES, ...DECISION_NAMES].map((name) => [name, []]);
  const chosen = settings.map(({ name, options }) => [name, options[0] ?? []]);
  return Object.fromEntries([
    ...names,
    ...facts.map(({ name, valueWhenUnknown }) => [name, valueWhenUnknown ?? []]),
    ...chosen,
  ]);
}

function hooksOf(plan: PlanDefinition): string[] {
  const triggers = (plan.action ?? []).flatMap(({ trigger }) => trigger ?? []);
  return [...new Set(triggers.flatMap(({ type, name }) => (type === 'named-event' && name ? [name] : [])))];
}
