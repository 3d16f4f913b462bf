/** What a draft order is, as facts with provenance: rules read them beside the facts of the person. */
import type { Moment } from '../evidence/chart.ts';
import type { Candidate, Fact, FactValue } from '../evidence/fact.ts';
import { comparableQuantity } from '../fhir/quantities.ts';
import type { FactDefinition, OrderSource } from '../knowledge/fact-definition.ts';
import type { OrderTerms, TermSet } from '../knowledge/order-terms.ts';
import { dailyDose } from './daily-dose.ts';
import type { Draft } from './draft.ts';
import { codingIn, isIn } from './match.ts';
import { type Said, saidBy } from './texts.ts';
import { isOnce } from './timing.ts';

/** Reads every order fact of a topic from one draft. */
export function readOrderFacts(definitions: FactDefinition[], draft: Draft, terms: OrderTerms, moment: Moment): Fact[] {
  const read = reader(draft, terms);
  return definitions.map((definition): Fact => {
    const found = definition.orderSources.map((source) => read(source, definition));
    const value = found.find((one) => one === true) ?? found.find((one) => one !== undefined);
    if (value === undefined)
      return { definition, value, unknown: 'not-recorded', complete: true, used: [], setAside: [] };
    const isOpen = value === false && found.includes(undefined);
    const known = isOpen ? undefined : value;
    const used = known === undefined ? [] : [candidateOf(definition, known, draft, moment)];
    return { definition, value: known, complete: true, used, setAside: [] };
  });
}

type Read = (source: OrderSource, definition: FactDefinition) => FactValue | undefined;

function reader(draft: Draft, terms: OrderTerms): Read {
  const said = partsSaid(draft);
  return ({ part, valueSet }, { unit = '1' }) => {
    const set = terms.sets.get(valueSet ?? '');
    switch (part) {
      case 'ingredient':
        return set && isMadeOf(draft, set);
      case 'form':
      case 'reason':
      case 'category':
        return set && isSaid(said[part], set);
      case 'service':
        // A drug is no examination, whatever it is called.
        return set && (draft.ingredients ? false : isSaid(said.service, set));
      case 'daily-dose':
        return quantityOf(dailyDose(draft, unit), unit);
      case 'single-dose':
        return isSingleDose(draft);
      case 'not-recognised':
        return draft.ingredients !== undefined && !draft.ingredients.complete;
    }
  };
}

/** A drug that is not wholly recognised may hold anything; what is no drug holds nothing. */
function isMadeOf({ ingredients }: Draft, set: TermSet): boolean | undefined {
  if (!ingredients) return false;
  if (codingIn(set, ingredients.codings)) return true;
  return ingredients.complete ? false : undefined;
}

/** What an order does not speak of at all is unknown. */
function isSaid(said: Said, set: TermSet): boolean | undefined {
  if (isIn(set, said)) return true;
  return said.codings.length + said.texts.length > 0 ? false : undefined;
}

function partsSaid({ order, medication, reasons }: Draft): Record<'form' | 'reason' | 'category' | 'service', Said> {
  const dosages = order.dosageInstruction ?? [];
  return {
    form: saidBy([
      medication?.form,
      ...dosages.map(({ route }) => route),
      order.medicationCodeableConcept,
      medication?.code,
    ]),
    reason: saidBy(reasons),
    category: saidBy(order.category ?? []),
    service: saidBy([order.code, ...(order.category ?? []), ...(order.orderDetail ?? []), ...(order.bodySite ?? [])]),
  };
}

const isSingleDose = ({ order: { dosageInstruction = [] } }: Draft): boolean | undefined =>
  dosageInstruction.length === 0 ? undefined : dosageInstruction.length === 1 && isOnce(dosageInstruction[0]?.timing);

function quantityOf(value: number | undefined, unit: string): FactValue | undefined {
  return value === undefined ? undefined : { value, unit, comparable: comparableQuantity(value, unit) };
}

function candidateOf(fact: FactDefinition, value: FactValue, draft: Draft, { now }: Moment): Candidate {
  return {
    fact,
    reference: draft.reference ?? draft.order.resourceType,
    source: 'order',
    value,
    sign: value === false ? 'negative' : 'positive',
    recorded: recordedAs(value, draft),
    at: { from: now, to: now },
    complete: true,
    positivesOnly: false,
  };
}

function recordedAs(value: FactValue, { name, ingredients }: Draft): string {
  if (typeof value === 'object' && !Array.isArray(value)) return `${Math.round(value.value * 100) / 100} ${value.unit}`;
  return ingredients?.by === 'name' ? `${name} (recognised by its name)` : name;
}
