/** Numbers over time: measured ones and those that the person gave, each unit a line of its own. */
import type { FhirResource, Observation, Quantity, QuestionnaireResponseItem } from 'fhir/r4';
import { isNumber, type Question } from './questions.ts';

type Point = { at: number; value: number };
export type Series = { label: string; unit: string; normal: Question['normal']; points: Point[] };

type Reading = Point & { unit: string };

/** @returns one line for each question and unit of which there is a value, oldest value first */
export function seriesIn(resources: FhirResource[], questions: Question[]): Series[] {
  const changing = questions.filter((question) => isNumber(question) && !question.isLasting);
  return changing.flatMap((question) => {
    const readings = resources.flatMap((resource) => readingsOf(resource, question));
    const units = [...new Set(readings.map(({ unit }) => unit))];
    return units.map((unit) => ({
      label: question.label,
      unit: unit === question.unit?.code ? question.unit.display : unit,
      normal: unit === '' || unit === question.unit?.code ? question.normal : undefined,
      points: readings.filter((one) => one.unit === unit).sort((a, b) => a.at - b.at),
    }));
  });
}

function readingsOf(resource: FhirResource, question: Question): Reading[] {
  if (resource.resourceType === 'Observation') return measured(resource, question);
  if (resource.resourceType !== 'QuestionnaireResponse' || resource.status === 'entered-in-error') return [];
  const at = Date.parse(resource.authored ?? '');
  return Number.isNaN(at) ? [] : answersIn(resource.item, question.item.linkId).map((one) => ({ at, ...one }));
}

function measured(observation: Observation, { codes }: Question): Reading[] {
  const { status, effectiveDateTime, effectivePeriod, component = [] } = observation;
  const at = Date.parse(effectiveDateTime ?? effectivePeriod?.start ?? '');
  if (Number.isNaN(at) || status === 'entered-in-error' || status === 'cancelled') return [];
  const coded = [observation, ...component].filter(({ code }) =>
    code.coding?.some((one) => codes.some((known) => known.code === one.code && known.system === one.system)),
  );
  return coded.flatMap(({ valueQuantity, valueInteger }) => {
    if (valueQuantity) return amount(valueQuantity).map((one) => ({ at, ...one }));
    return valueInteger === undefined ? [] : [{ at, value: valueInteger, unit: '' }];
  });
}

function answersIn(items: QuestionnaireResponseItem[] = [], linkId: string): Omit<Reading, 'at'>[] {
  return items.flatMap((item) => {
    const own = item.linkId === linkId ? (item.answer ?? []) : [];
    const values = own.flatMap(({ valueInteger, valueDecimal, valueQuantity }) => {
      const value = valueInteger ?? valueDecimal;
      if (value !== undefined) return [{ value, unit: '' }];
      return valueQuantity ? amount(valueQuantity) : [];
    });
    return [...values, ...answersIn(item.item, linkId)];
  });
}

const amount = ({ value, code, unit }: Quantity): { value: number; unit: string }[] =>
  value === undefined ? [] : [{ value, unit: code ?? unit ?? '' }];
