/** Names with their values: evaluated in order, once a call; what failed stays unbound, so that nobody reads it as none. */
import { single } from '../fhir/closure-values.ts';
import { localDay } from '../fhir/dates.ts';
import { DAY } from '../fhir/durations.ts';
import type { Bindings } from '../fhir/fhirpath.ts';
import { createEvaluation, type Evaluation } from '../knowledge/evaluate.ts';
import { CONSTANTS } from './names.ts';
import type { Definition, Names, Plan } from './plan.ts';
import { dataValue, type PlanData, type ReadQueries } from './plan-data.ts';

export type Frame = {
  values: Bindings;
  /** Why a name has no value. */
  missing: ReadonlyMap<string, string>;
  /** What a fact says, for people. */
  descriptions: ReadonlyMap<string, string>;
  evaluation: Evaluation;
};

/** Something that could not be evaluated. */
export type Unevaluated = { element: string; expression: string; reason: string };

export type Run = { plan: Plan; data: PlanData; queries: ReadQueries; unevaluated: Unevaluated[] };

/** Opens the names of an element inside those around it. */
export function openFrame(names: Names, outer: Frame | undefined, run: Run): Frame {
  const values: Bindings = outer ? { ...outer.values } : baseValues(names, run);
  const missing = new Map(outer ? outer.missing : []);
  const descriptions = new Map(outer ? outer.descriptions : []);
  for (const definition of names.definitions) define(definition);
  // The last conditions of a scope are compiled before the first call.
  const sizes = { atoms: names.scope.atoms.size, variables: names.scope.count };
  return { values, missing, descriptions, evaluation: createEvaluation(values, new Set(), sizes) };

  function define(definition: Definition): void {
    const { name, description, expression } = definition;
    delete values[name];
    missing.delete(name);
    if (description) descriptions.set(name, description);
    const outcome = valueOfDefinition(definition, { values, missing }, run);
    if ('value' in outcome) {
      values[name] = outcome.value ?? [];
      return;
    }
    missing.set(name, outcome.reason);
    run.unevaluated.push({ element: `%${name}`, expression, reason: outcome.reason });
  }
}

type Outcome = { value: unknown } | { reason: string };

function valueOfDefinition(definition: Definition, frame: Pick<Frame, 'values' | 'missing'>, run: Run): Outcome {
  if (definition.kind === 'expression') return evaluated(definition, frame);
  const resources = run.queries.usable(definition.query);
  if (!resources) return { reason: `${definition.query.type} could not be read` };
  return { value: single(dataValue(definition, resources)) };
}

/** Evaluates an expression; one that reads what is not known is not known. */
export function evaluated(
  { evaluate, reads }: Pick<Definition & { kind: 'expression' }, 'evaluate' | 'reads'>,
  { values, missing }: Pick<Frame, 'values' | 'missing'>,
): Outcome {
  const unbound = reads.find((name) => !(name in values));
  if (unbound !== undefined) return { reason: reasonFor(unbound, missing) };
  try {
    return { value: evaluate(values) };
  } catch (error) {
    return { reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown failure' };
  }
}

/** Why a name is not known. */
export const reasonFor = (name: string, missing: ReadonlyMap<string, string>): string =>
  `%${name} is not known${missing.has(name) ? `: ${missing.get(name)}` : ''}`;

function baseValues(names: Names, { data, queries, plan }: Run): Bindings {
  const { now, zone } = data.moment;
  const values: Bindings = {
    ...CONSTANTS,
    context: names.context,
    resource: names.context,
    rootResource: names.context,
    callNow: new Date(now).toISOString(),
    callToday: new Date(localDay(now, zone) * DAY).toISOString().slice(0, 10),
    ...data.parameters,
  };
  const [patient] = plan.queries[0] ? (queries.usable(plan.queries[0]) ?? []) : [];
  if (patient) Object.assign(values, { subject: patient, patient });
  const encounters = plan.queries.find(({ template }) => template.startsWith('Encounter/'));
  const encounter = encounters && queries.usable(encounters)?.[0];
  if (encounter) values.encounter = encounter;
  return values;
}
