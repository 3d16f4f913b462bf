/** Quantities in UCUM: converted to the unit of a fact, or refused; a missing unit is never guessed (spec B.1 Units). */
import { createRequire } from 'node:module';
import type Ucum from '@lhncbc/ucum-lhc';
import type { Quantity } from './types.ts';

const UCUM = 'http://unitsofmeasure.org';

/** The form in which FHIRPath compares a quantity (recipes section 3: without `resourceType` it throws). */
export type ComparableQuantity = {
  resourceType: 'Quantity';
  value: number;
  unit: string;
  system: string;
  code: string;
};

/** A usable quantity: `value` in the fact's unit, `comparable` what rules compare, as recorded wherever possible. */
export type Measure = { value: number; unit: string; comparable: ComparableQuantity };

/** Why a quantity cannot be used. */
export type QuantityFault = 'no-value' | 'comparator' | 'no-unit' | 'unit-not-convertible';

/** Arbitrary units are no UCUM dimension: only their own multiples are convertible. */
const ARBITRARY_UNITS: Record<string, number> = {
  '[IU]/L': 1,
  'm[IU]/mL': 1,
  'k[IU]/L': 1_000,
  '[IU]/mL': 1_000,
};

/** Months and years have no fixed length: a gestation in months is no gestation in days (spec B.1 Units). */
const CALENDAR_UNITS = new Set(['mo', 'mo_j', 'mo_g', 'mo_s', 'a', 'a_j', 'a_g', 'a_t']);

/**
 * Converts a recorded quantity to `unit`.
 * @param unit UCUM code of the fact
 * @param molarMass g/mol of what is measured; without it an amount of substance does not become a mass
 */
export function measure(quantity: Quantity, unit: string, molarMass?: number): Measure | QuantityFault {
  const { value, code } = quantity;
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'no-value';
  if (quantity.comparator !== undefined) return 'comparator';
  if (!code || (quantity.system !== undefined && quantity.system !== UCUM)) return 'no-unit';
  if (code === unit || withoutAnnotation(code) === withoutAnnotation(unit)) {
    return { value, unit, comparable: comparableQuantity(value, unit) };
  }
  const [factor, target] = [ARBITRARY_UNITS[code], ARBITRARY_UNITS[unit]];
  if (factor !== undefined && target !== undefined) {
    const converted = (value * factor) / target;
    return { value: converted, unit, comparable: comparableQuantity(converted, unit) };
  }
  if (CALENDAR_UNITS.has(code)) return 'unit-not-convertible';
  const units = unitTables();
  const conversion = units.convertUnitTo(code, value, unit);
  if (conversion.status !== 'succeeded' || conversion.toVal === null) {
    const molar = molarMass === undefined ? undefined : units.convertUnitTo(code, value, unit, false, molarMass);
    if (molar?.status !== 'succeeded' || molar.toVal === null) return 'unit-not-convertible';
    return { value: molar.toVal, unit, comparable: comparableQuantity(molar.toVal, unit) };
  }
  // The converted number carries floating-point dust (100.4 [degF] is 38.00000000000006 Cel): rules compare as recorded.
  return { value: conversion.toVal, unit, comparable: comparableQuantity(value, code) };
}

/** A quantity as FHIRPath wants it. */
export function comparableQuantity(value: number, code: string): ComparableQuantity {
  return { resourceType: 'Quantity', value, unit: code, system: UCUM, code };
}

const load = createRequire(import.meta.url);

/** Loaded for the first quantity in another unit; the tables themselves are kept by their package. */
const unitTables = () => (load('@lhncbc/ucum-lhc') as typeof Ucum).UcumLhcUtils.getInstance();

/** UCUM annotations such as `{beats}` carry no meaning. */
function withoutAnnotation(code: string): string {
  return code.includes('{') ? code.replace(/\{[^}]*\}/g, '') || '1' : code;
}
