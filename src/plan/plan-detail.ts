/** The detail of a card of a plan: what and why, what is proposed in words, strength, and what was not used. */
import { escaped } from '../cards/escape.ts';
import { conceptText } from '../fhir/codings.ts';
import { extensionNamed } from '../fhir/extensions.ts';
import type { CodeableConcept, PlanDefinitionAction } from '../fhir/types.ts';
import type { AppliedAction, PlanResult } from './apply-plan.ts';
import { hoisted, reasonsIn, titleOf } from './texts.ts';
import { timingTexts } from './timing.ts';

/** Markdown; every text is escaped. */
export function planDetail(action: AppliedAction, result: PlanResult): string {
  const { texts, step } = action;
  const lines = [
    ...new Set([texts.description, texts.textEquivalent].flatMap((text) => (text ? [escaped(text)] : []))),
    ...labelled('Because', reasonsIn(action)),
    ...labelled('Reason', conceptTexts(step.action.reason)),
    ...labelled('Who', participants(step.action)),
    ...labelled('When', timingTexts(step.action)),
    ...carriedConditions(step.action),
    ...rating(step.action),
    ...hoisted(action.actions).flatMap((child) => childLines(child, '')),
  ];
  const data = dataLines(result, false);
  return [...lines, ...(data ? [data] : [])].join('\n\n') || escaped(titleOf(action));
}

function childLines(child: AppliedAction, indent: string): string[] {
  const { description, textEquivalent } = child.texts;
  const must = child.step.action.requiredBehavior?.startsWith('must') ? ' (required)' : '';
  const text = description ?? textEquivalent;
  const line = `${indent}- ${escaped(titleOf(child))}${must}${text ? `: ${escaped(text)}` : ''}`;
  return [line, ...hoisted(child.actions).flatMap((inner) => childLines(inner, `${indent}  `))];
}

/** What was not used or not evaluated. */
export function dataLines({ notAssessed, notUsed, unevaluated, unread }: PlanResult, all: boolean): string {
  const others = notUsed.filter(({ reason }) => reason !== 'status').length;
  const rules = notAssessed.map(
    ({ step, reasons }) => `${step.action.title ?? step.id} (${[...new Set(reasons)].join('; ')})`,
  );
  const failed = unevaluated.map(({ element, reason }) => `${element} (${reason})`);
  return [
    ...labelled('Not assessed', all ? rules : []),
    ...labelled('Not evaluated', all ? [] : failed),
    ...labelled('Could not be read', unread),
    ...(others > 0 ? [`Not used: ${others} not shown to be this patient's`] : []),
    ...(notUsed.length > others ? [`Not used: ${notUsed.length - others} not final or withdrawn`] : []),
  ].join('\n\n');
}

function labelled(label: string, texts: string[]): string[] {
  return texts.length === 0 ? [] : [`${label}: ${[...new Set(texts)].map(escaped).join('; ')}`];
}

const conceptTexts = (concepts: CodeableConcept[] | undefined): string[] =>
  (concepts ?? []).flatMap((concept) => conceptText(concept) ?? []);

const participants = ({ participant }: PlanDefinitionAction): string[] =>
  (participant ?? []).map(({ type, role }) => conceptText(role) ?? type);

/** Start and stop conditions are carried, not evaluated (R4). */
function carriedConditions({ condition }: PlanDefinitionAction): string[] {
  return (condition ?? []).flatMap(({ kind, expression }) => {
    const text = expression?.description ?? expression?.expression;
    return kind === 'applicability' || !text ? [] : [`${kind === 'start' ? 'Start' : 'Stop'} when: ${escaped(text)}`];
  });
}

/** CPG: how strong the recommendation is, and why it is made. */
function rating(action: PlanDefinitionAction): string[] {
  const concept = (name: string) => conceptTexts([extensionNamed(action, name)?.valueCodeableConcept ?? {}]);
  const rationale = extensionNamed(action, 'cpg-rationale');
  const words = rationale?.valueMarkdown ?? rationale?.valueString;
  return [
    ...labelled('Strength', concept('cqf-strengthOfRecommendation')),
    ...labelled('Quality of evidence', concept('cqf-qualityOfEvidence')),
    ...labelled('Rationale', words ? [words] : []),
  ];
}
