/** Computed facts, facts of this pregnancy, molar masses, and the limbs that only some sources have. */
import type { Extension, Quantity } from '../../../src/fhir/types.ts';
import { add, type Base, ofItem, refuses } from './base.ts';

const length = (value: number, code = 'h'): { valueDuration: Quantity } => ({
  valueDuration: { value, unit: code, system: 'http://unitsofmeasure.org', code },
});

type Limbs = Record<string, Omit<Extension, 'url'>>;
const complex = (limbs: Limbs) => ({
  extension: Object.entries(limbs).map(([url, content]): Extension => ({ url, ...content })),
});

const rise: Limbs = {
  kind: { valueCode: 'rise' },
  of: { valueString: 'strength' },
  within: length(72),
  'at-least': { valueDecimal: 2 },
};
const count: Limbs = {
  kind: { valueCode: 'count' },
  within: length(14, 'd'),
  'at-least': { valueDecimal: 3 },
  apart: length(12),
};
const without = (limbs: Limbs, name: string): Limbs =>
  Object.fromEntries(Object.entries(limbs).filter(([key]) => key !== name));

const derived = (linkId: string, limbs: Limbs) => (base: Base) => add(base.item(linkId), 'derivation', complex(limbs));
const source = (linkId: string, limbs: Limbs) => (base: Base) => add(base.item(linkId), 'fact-source', complex(limbs));

const code = { valueCoding: { system: 'http://snomed.info/sct', code: '1', display: 'one' } };

refuses([
  ofItem(
    'dazed',
    'a rise has no window',
    derived('dazed', without(rise, 'within')),
    /has no `within`/,
    derived('dazed', rise),
  ),
  ofItem(
    'dazed',
    'a rise has a limb of another kind',
    derived('dazed', { ...rise, apart: length(1) }),
    /`derivation.apart` is not honoured in rise/,
    derived('dazed', rise),
  ),
  ofItem(
    'dazed',
    'a window of a derivation has no fixed length',
    derived('dazed', { ...rise, within: length(1, 'mo') }),
    /`derivation.within` has no fixed length/,
    derived('dazed', { ...rise, within: length(4, 'wk') }),
  ),
  ofItem(
    'dazed',
    'what is compared is no number',
    derived('dazed', { ...rise, of: { valueString: 'headache' } }),
    /`derivation.of` is no number of the topic/,
    derived('dazed', { ...rise, of: { valueString: 'pulse' } }),
  ),
  ofItem('strength', 'a rise is asked of a number', derived('strength', rise), /gives yes: the fact is no such/),
  ofItem(
    'dazed',
    'a fall is asked of a yes/no fact',
    derived('dazed', { ...without(rise, 'at-least'), kind: { valueCode: 'fall' } }),
    /gives a number: the fact is no such/,
  ),
  ofItem('dazed', 'there is nothing to count', derived('dazed', count), /nothing to count/, (base) => {
    derived('migraine', count)(base);
  }),
  ofItem(
    'strength',
    'a number that is no quantity has a molar mass',
    ({ item }) => add(item('strength'), 'molar-mass', { valueDecimal: 16114 }),
    /`molar-mass` converts units/,
    ({ item }) => add(item('pulse'), 'molar-mass', { valueDecimal: 16114 }),
  ),
  ofItem(
    'dueDate',
    'a dating item asks for the pregnancy that it dates',
    ({ item }) => add(item('dueDate'), 'this-pregnancy', { valueBoolean: true }),
    /go round in a circle/,
    ({ item }) => add(item('migraine'), 'this-pregnancy', { valueBoolean: true }),
  ),
  ofItem(
    'migraine',
    'a Condition must have been taken for a while',
    source('migraine', { resource: { valueCode: 'Condition' }, code, 'held-for': length(90, 'd') }),
    /`fact-source.held-for` is for medicines/,
    source('migraine', { resource: { valueCode: 'MedicationStatement' }, code, 'held-for': length(90, 'd') }),
  ),
  ofItem(
    'migraine',
    'a Procedure must have begun lately',
    source('migraine', { resource: { valueCode: 'Procedure' }, code, 'onset-within': length(14, 'd') }),
    /`fact-source.onset-within` is for Conditions/,
    source('migraine', { resource: { valueCode: 'Condition' }, code, 'onset-within': length(14, 'd') }),
  ),
  ofItem(
    'migraine',
    'a list states yes',
    source('migraine', { resource: { valueCode: 'List' }, code }),
    /a list only denies/,
    source('migraine', { resource: { valueCode: 'List' }, code, value: { valueCode: 'N' } }),
  ),
  ofItem(
    'migraine',
    'a source holds for a month',
    source('migraine', { resource: { valueCode: 'Procedure' }, code, holds: length(1, 'mo') }),
    /`fact-source.holds` has no fixed length/,
    source('migraine', { resource: { valueCode: 'Procedure' }, code, holds: length(30, 'd') }),
  ),
  ofItem(
    'migraine',
    'a source has neither code nor part',
    source('migraine', { resource: { valueCode: 'Observation' } }),
    /it matches nothing/,
    source('migraine', { resource: { valueCode: 'Observation' }, part: { valueString: 'aura' } }),
  ),
]);
