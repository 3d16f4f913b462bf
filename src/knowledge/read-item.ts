/** One Questionnaire item -> one fact definition. */
import { codeKey } from '../fhir/codings.ts';
import { milliseconds } from '../fhir/durations.ts';
import {
  extensionBoolean,
  extensionExpression,
  extensionNamed,
  extensionNumber,
  extensionsNamed,
  extensionText,
} from '../fhir/extensions.ts';
import { comparableQuantity } from '../fhir/quantities.ts';
import type { Extension, Questionnaire, QuestionnaireItem } from '../fhir/types.ts';
import { readDerivation } from './derivation.ts';
import type {
  FactClass,
  FactDefinition,
  FactKind,
  FactSource,
  FactWindow,
  ItemExpressions,
  Meaning,
  NormalRange,
  OrderPart,
  OrderSource,
  PregnancyRole,
  SourceResource,
} from './fact-definition.ts';
import { isMeaning, isYesNo, readOption } from './read-option.ts';

/** What a Questionnaire says of all its items. */
export type ItemDefaults = {
  windows: ReadonlyMap<string, FactWindow>;
  standardAnswers: ReadonlyMap<string, Meaning>;
};

/** Reads an item; what is missing or wrong is for the lint to say. */
export function readItem(
  item: QuestionnaireItem,
  questionnaire: string,
  { windows, standardAnswers }: ItemDefaults,
): FactDefinition {
  const factClass = (extensionText(item, 'fact-class') ?? 'context') as FactClass;
  return {
    name: item.linkId,
    question: item.text ?? item.linkId,
    label: extensionText(item, 'fact-label') ?? item.linkId,
    kind: kindOf(item),
    class: factClass,
    unit: extensionNamed(item, 'questionnaire-unitOption')?.valueCoding?.code,
    options: item.answerOption?.map(readOption) ?? [],
    standardAnswers,
    sources: [
      ...extensionsNamed(item, 'fact-source')
        .filter((source) => !isOrderSource(source))
        .map(readSource),
      ...ownCodes(item),
    ],
    orderSources: extensionsNamed(item, 'fact-source').filter(isOrderSource).map(readOrderSource),
    window: { ...windows.get(factClass), ...readWindow(extensionNamed(item, 'fact-window')) },
    normal: readNormal(extensionNamed(item, 'normal-range')),
    plausible: readPlausible(extensionNamed(item, 'plausible-range')),
    discriminating: discriminating(item, factClass),
    confidential: extensionBoolean(item, 'confidential') ?? false,
    conflict: (extensionText(item, 'conflict-rule') as FactDefinition['conflict'] | undefined) ?? 'default',
    endsEpisode: extensionBoolean(item, 'ends-episode') ?? false,
    thisPregnancy: extensionBoolean(item, 'this-pregnancy') ?? false,
    derivation: readDerivation(extensionNamed(item, 'derivation')),
    molarMass: extensionNumber(item, 'molar-mass'),
    role: extensionText(item, 'pregnancy-role') as PregnancyRole | undefined,
    valueWhenUnknown: valueWhenUnknown(extensionNamed(item, 'value-when-unknown')),
    readOnly: item.readOnly ?? false,
    questionnaire,
  };
}

/** The item's expressions; compiled when the plan's variables are known. */
export function readItemExpressions(item: QuestionnaireItem, forSymptoms: string | undefined): ItemExpressions {
  const own = extensionExpression(item, 'closing-when');
  const isSymptom = extensionText(item, 'fact-class') === 'symptom';
  return {
    closingWhen: [own, isSymptom ? forSymptoms : undefined].filter((text) => text !== undefined),
    closedBy: extensionExpression(item, 'closed-by'),
    setBy: extensionExpression(item, 'set-by'),
  };
}

/** Reads a `fact-window`; a missing limb is left out, so that a default can fill it. */
export function readWindow(extension: Extension | undefined): FactWindow {
  const limb = (name: string) => milliseconds(extensionNamed(extension, name)?.valueDuration);
  const limbs = {
    yes: limb('yes'),
    no: limb('no'),
    value: limb('value'),
    noInHospital: limb('no-in-hospital'),
    worseWithin: limb('worse-within'),
  };
  return Object.fromEntries(Object.entries(limbs).filter(([, length]) => length !== undefined));
}

/** Reads the codes that say present or absent of any item. */
export function readStandardAnswers(questionnaire: Questionnaire): Map<string, Meaning> {
  const answers = new Map<string, Meaning>();
  for (const extension of extensionsNamed(questionnaire, 'standard-answer')) {
    const coding = extensionNamed(extension, 'coding')?.valueCoding;
    const meaning = extensionText(extension, 'meaning');
    if (coding && isMeaning(meaning)) answers.set(codeKey(coding), meaning);
  }
  return answers;
}

function kindOf(item: QuestionnaireItem): FactKind {
  if (item.type === 'choice' || item.type === 'open-choice') {
    if (isYesNo(item.answerOption)) return 'boolean';
    return item.repeats ? 'choices' : 'choice';
  }
  if (item.type === 'integer' || item.type === 'decimal') return 'number';
  if (item.type === 'quantity') return 'quantity';
  return item.type === 'date' || item.type === 'dateTime' ? 'date' : 'boolean';
}

function readSource(extension: Extension): FactSource {
  const coding = (name: string) => extensionsNamed(extension, name).flatMap(({ valueCoding }) => valueCoding ?? []);
  const map = new Map<string, string>();
  for (const entry of extensionsNamed(extension, 'map')) {
    const from = extensionNamed(entry, 'from')?.valueCoding;
    const to = extensionText(entry, 'to');
    if (from && to) map.set(codeKey(from), to);
  }
  return {
    resource: (extensionText(extension, 'resource') ?? 'Observation') as SourceResource,
    codes: coding('code'),
    prefixes: coding('prefix'),
    panels: coding('panel'),
    value: extensionText(extension, 'value'),
    map,
    item: extensionText(extension, 'item'),
    history: extensionBoolean(extension, 'history') ?? false,
    holds: milliseconds(extensionNamed(extension, 'holds')?.valueDuration),
    heldFor: milliseconds(extensionNamed(extension, 'held-for')?.valueDuration),
    onsetWithin: milliseconds(extensionNamed(extension, 'onset-within')?.valueDuration),
    part: extensionText(extension, 'part'),
    resolved: extensionBoolean(extension, 'resolved') ?? false,
  };
}

const isOrderSource = (source: Extension): boolean => extensionText(source, 'resource') === 'Order';

const readOrderSource = (source: Extension): OrderSource => ({
  part: (extensionText(source, 'order-part') ?? 'service') as OrderPart,
  valueSet: extensionText(source, 'value-set')?.split('|')[0],
});

/** `item.code` names the Observations that hold the same fact. */
function ownCodes(item: QuestionnaireItem): FactSource[] {
  if (!item.code?.length) return [];
  const nothingElse = { prefixes: [], panels: [], map: new Map(), history: false, resolved: false };
  return [{ resource: 'Observation', codes: item.code, ...nothingElse }];
}

function readNormal(extension: Extension | undefined): NormalRange | undefined {
  if (!extension) return undefined;
  const limb = (name: string) => extensionNumber(extension, name);
  return { from: limb('from'), to: limb('to'), above: limb('above'), below: limb('below') };
}

function readPlausible(extension: Extension | undefined): FactDefinition['plausible'] {
  const range = extension?.valueRange;
  return range && { low: range.low?.value, high: range.high?.value };
}

function discriminating(item: QuestionnaireItem, factClass: FactClass): boolean | number {
  const stated = extensionNamed(item, 'discriminating');
  const bound = stated?.valueDecimal ?? stated?.valueInteger;
  return bound ?? stated?.valueBoolean ?? factClass !== 'context';
}

function valueWhenUnknown(extension: Extension | undefined): FactDefinition['valueWhenUnknown'] {
  const quantity = extension?.valueQuantity;
  if (quantity?.value !== undefined) return comparableQuantity(quantity.value, quantity.code ?? '1');
  return extension?.valueBoolean ?? extension?.valueDecimal ?? extension?.valueInteger;
}
