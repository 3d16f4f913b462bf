/** What of a topic is about draft orders: facts, terms, moments. */
import { ORDER_HOOKS } from '../cds-hooks/draft-orders.ts';
import { extensionTexts } from '../fhir/extensions.ts';
import type { PlanDefinitionAction, Questionnaire } from '../fhir/types.ts';
import type { FactDefinition } from './fact-definition.ts';
import { type OrderTerms, readOrderTerms } from './order-terms.ts';
import type { Catalogue } from './sources.ts';

/** A fact that speaks of a draft order. */
export const isOfOrder = ({ orderSources }: FactDefinition): boolean => orderSources.length > 0;

/** The ValueSets that order facts name, and the ConceptMaps that their Questionnaires do. */
export function termsOf(facts: FactDefinition[], questionnaires: Questionnaire[], catalogue: Catalogue): OrderTerms {
  const sets = new Set(facts.flatMap(({ orderSources }) => orderSources.flatMap(({ valueSet }) => valueSet ?? [])));
  const maps = questionnaires.flatMap((questionnaire) => extensionTexts(questionnaire, 'code-map'));
  return readOrderTerms(
    [...sets].flatMap((url) => catalogue.valueSets.get(url) ?? []),
    maps.flatMap((url) => catalogue.conceptMaps.get(url.split('|')[0] ?? '') ?? []),
  );
}

/** A moment whose hooks are all about draft orders. */
export const isOfOrders = ({ trigger }: PlanDefinitionAction): boolean =>
  trigger !== undefined && trigger.length > 0 && trigger.every(({ name = '' }) => ORDER_HOOKS.has(name));
