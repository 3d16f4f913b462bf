/** Each item that is a fact says what it is, in which unit, and how long it holds. */
import { milliseconds } from '../../fhir/durations.ts';
import {
  extensionBoolean,
  extensionName,
  extensionNamed,
  extensionsNamed,
  extensionText,
} from '../../fhir/extensions.ts';
import { measure } from '../../fhir/quantities.ts';
import type { Extension } from '../../fhir/types.ts';
import type { FactDefinition } from '../fact-definition.ts';
import type { Problem } from '../sources.ts';
import { type ItemOfFact, problems, type Subject } from './subject.ts';

/** Findings about facts, and about the defaults of their Questionnaires. */
export function incompleteFacts({ topic, items, fileOf }: Subject): Problem[] {
  const defaults = topic.questionnaires.flatMap((questionnaire) =>
    problems(
      fileOf(questionnaire.url ?? ''),
      questionnaire.id ?? '',
      extensionsNamed(questionnaire, 'fact-window').flatMap(endlessLimbs),
    ),
  );
  return [...defaults, ...items.flatMap((entry) => problems(entry.file, entry.fact.name, reasonsAgainst(entry)))];
}

function reasonsAgainst(entry: ItemOfFact): string[] {
  const { item, fact } = entry;
  const reasons: string[] = [];
  if (!item.text) reasons.push('the item has no text: the question in plain language');
  if (!extensionText(item, 'fact-class')) reasons.push('the fact has no `fact-class`');
  if (!extensionText(item, 'fact-label')) reasons.push('the fact has no `fact-label`: the name printed on cards');
  if (item.repeats && fact.kind !== 'choices') reasons.push('`repeats` is honoured on a multiple choice only');
  if (item.type === 'boolean' && !item.readOnly)
    reasons.push('a boolean has no "not sure": it is `readOnly`, or a choice');
  if (extensionNamed(item, 'set-by') && fact.kind !== 'boolean')
    reasons.push('`set-by` sets yes: the fact is no yes/no');
  if (extensionBoolean(item, 'questionnaire-hidden') && !item.readOnly)
    reasons.push('nobody can answer it: hidden, not `readOnly`');
  if (extensionNamed(item, 'molar-mass') && fact.kind !== 'quantity')
    reasons.push('`molar-mass` converts units: the fact is no quantity');
  if (fact.thisPregnancy && fact.role !== undefined)
    reasons.push('a dating item dates the pregnancy: `this-pregnancy` would go round in a circle');
  const lengths = [extensionNamed(item, 'fact-window'), ...extensionsNamed(item, 'fact-source')];
  return [...reasons, ...lengths.flatMap(endlessLimbs), ...units(entry), ...whenUnknown(entry)];
}

/** A window in months or years has no length in milliseconds: it would hold for ever. */
function endlessLimbs(window: Extension | undefined): string[] {
  return (window?.extension ?? [])
    .filter(({ valueDuration }) => valueDuration !== undefined && milliseconds(valueDuration) === undefined)
    .map(
      (limb) =>
        `\`${extensionName(window as Extension)}.${extensionName(limb)}\` has no fixed length: use wk, d, h or min`,
    );
}

function units({ item, fact }: ItemOfFact): string[] {
  const codes = extensionsNamed(item, 'questionnaire-unitOption').map(({ valueCoding }) => valueCoding?.code ?? '');
  if (item.type !== 'quantity') return codes.length > 0 ? ['only a quantity has a unit'] : [];
  if (!fact.unit) return ['the quantity has no `questionnaire-unitOption`: no unit to read it in'];
  return codes
    .filter((code) => typeof measure({ value: 1, code }, fact.unit ?? '') === 'string')
    .map((code) => `the unit '${code}' is offered but cannot be converted to '${fact.unit}'`);
}

function whenUnknown({ item, fact: { kind, unit = '' } }: ItemOfFact): string[] {
  const stated = extensionNamed(item, 'value-when-unknown');
  if (!stated) return [];
  const fits: Record<FactDefinition['kind'], boolean> = {
    boolean: stated.valueBoolean !== undefined,
    number: stated.valueDecimal !== undefined || stated.valueInteger !== undefined,
    quantity: stated.valueQuantity !== undefined && typeof measure(stated.valueQuantity, unit) !== 'string',
    choice: false,
    choices: false,
    date: false,
  };
  return fits[kind] ? [] : [`\`value-when-unknown\` does not fit a ${kind}`];
}
