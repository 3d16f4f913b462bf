/**
 * `Questionnaire/$populate`: the answers that the evidence engine finds in a chart, each with where it comes from and
 * when it was true. They are marked: until somebody confirms one, it is the chart's statement and no answer (ADR 0012).
 */
import type { Candidate, Fact, Facts } from '../evidence/fact.ts';
import { PREFILLED } from '../evidence/prefilled.ts';
import { numberOf } from '../evidence/resolve.ts';
import type {
  Extension,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '../fhir/types.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import { baseOf } from '../knowledge/systems.ts';

/** An unfinished response; items without an answer are left out. @param authored now */
export function populate(
  questionnaire: Questionnaire,
  facts: Facts,
  subject: string,
  authored: string,
): QuestionnaireResponse {
  const item = fill(questionnaire.item, facts, `${baseOf(questionnaire.url ?? '')}/StructureDefinition/${PREFILLED}`);
  return {
    resourceType: 'QuestionnaireResponse',
    questionnaire: `${questionnaire.url}|${questionnaire.version}`,
    status: 'in-progress',
    subject: { reference: subject },
    authored,
    ...(item.length > 0 && { item }),
  };
}

function fill(items: QuestionnaireItem[] | undefined, facts: Facts, mark: string): QuestionnaireResponseItem[] {
  return (items ?? []).flatMap((item): QuestionnaireResponseItem[] => {
    if (item.type === 'group') {
      const inside = fill(item.item, facts, mark);
      return inside.length > 0 ? [{ linkId: item.linkId, item: inside }] : [];
    }
    const fact = facts.get(item.linkId);
    const answer = fact && mayBeShown(fact) ? answersOf(item, fact, mark) : [];
    return answer.length > 0 ? [{ linkId: item.linkId, answer }] : [];
  });
}

/** Somebody else may look at the screen; and what only the chart answers is no question. */
const mayBeShown = ({ definition, value }: Fact): boolean =>
  value !== undefined && !definition.confidential && !definition.readOnly;

function answersOf(item: QuestionnaireItem, fact: Fact, mark: string): QuestionnaireResponseItemAnswer[] {
  const [newest] = [...fact.used].sort((a, b) => (b.at?.to ?? 0) - (a.at?.to ?? 0));
  if (!newest) return [];
  if (fact.definition.kind !== 'choices') {
    const value = answerValue(item, fact, newest);
    return value ? [{ extension: [origin(newest, mark)], ...value }] : [];
  }
  return (Array.isArray(fact.value) ? fact.value : []).flatMap((code) => {
    const said = fact.used.find(({ value }) => Array.isArray(value) && value.includes(code)) ?? newest;
    const option = optionOf(fact.definition, code);
    return option ? [{ extension: [origin(said, mark)], ...option }] : [];
  });
}

function answerValue(item: QuestionnaireItem, { definition, value }: Fact, newest: Candidate) {
  switch (definition.kind) {
    case 'date':
      return typeof newest.value === 'string' ? { valueDate: newest.value.slice(0, 10) } : undefined;
    case 'number': {
      const number = numberOf(value);
      if (number === undefined) return undefined;
      if (item.type === 'decimal') return { valueDecimal: number };
      return Number.isInteger(number) ? { valueInteger: number } : undefined;
    }
    case 'quantity':
      return typeof value === 'object' && !Array.isArray(value)
        ? { valueQuantity: { value: value.value, unit: value.unit, system: value.comparable.system, code: value.unit } }
        : undefined;
    default:
      return optionOf(definition, value) ?? (typeof value === 'boolean' ? { valueBoolean: value } : undefined);
  }
}

/** The option that says a value; what only a chart can say has none. */
function optionOf({ options }: FactDefinition, value: Fact['value']) {
  const option = options.find((one) => one.value === value);
  return option && { valueCoding: option.coding };
}

/** Which resource says it, in which words, and when that was true. */
function origin({ reference, recorded, at }: Candidate, url: string): Extension {
  return {
    url,
    extension: [
      { url: 'reference', valueReference: { reference } },
      { url: 'recorded', valueString: recorded },
      ...(at ? [{ url: 'at', valueDateTime: new Date(at.to).toISOString() }] : []),
    ],
  };
}
