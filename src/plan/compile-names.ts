/** `variable` extensions and inputs with an id: names in force at an element and below it. */
import type { Extensible } from '../fhir/extensions.ts';
import type { DataRequirement, Expression } from '../fhir/types.ts';
import { emptyScope } from '../knowledge/condition.ts';
import type { Compiling } from './compiling.ts';
import { valueExpression } from './expressions.ts';
import { wrongName } from './names.ts';
import type { Definition, Names, Query } from './plan.ts';
import { requirementQuery, type Template, templateOf } from './queries.ts';

const VARIABLE = 'http://hl7.org/fhir/StructureDefinition/variable';

/**
 * The names of an element; those around it when it defines none.
 * @param owner carries the variables
 */
export function readNames(
  owner: Extensible,
  inputs: DataRequirement[],
  outer: Names | undefined,
  around: Names['context'],
  element: string,
  context: Omit<Compiling, 'within'>,
): Names {
  const variables = (owner.extension ?? []).filter(({ url }) => url === VARIABLE);
  const named = inputs.filter(({ id }) => id !== undefined);
  if (outer && variables.length + named.length === 0) return outer;
  const names: Names = { scope: emptyScope(), definitions: [], outer, context: around };
  for (const input of named) add(input.id, () => fromInput(input));
  for (const { valueExpression: written } of variables) add(written?.name, () => fromVariable(written ?? {}));
  return names;

  function add(name: string | undefined, define: () => Definition | undefined): void {
    const wrong = wrongName(name, names);
    if (wrong) context.report(element, wrong);
    const definition = wrong ? undefined : define();
    if (definition) names.definitions.push(definition);
  }

  function fromVariable(written: Partial<Expression>): Definition | undefined {
    const { name = '', description, language, expression = '' } = written;
    const common = { name, description, expression };
    if (language !== 'application/x-fhir-query') {
      const value = valueExpression({ language: 'text/fhirpath', ...written }, names, name, context);
      return value && { ...common, ...value, kind: 'expression' };
    }
    const template = templateOf(expression);
    if (typeof template === 'string') return refuse(name, template);
    return { ...common, kind: 'data', list: false, codes: undefined, query: queryOf(name, template) };
  }

  function fromInput(input: DataRequirement): Definition | undefined {
    const name = input.id ?? '';
    const found = requirementQuery(input, context.sources.valueSets);
    if (typeof found === 'string') return refuse(name, found);
    const query = queryOf(name, found);
    return {
      name,
      description: undefined,
      expression: query.template,
      kind: 'data',
      list: true,
      codes: found.codes,
      query,
    };
  }

  function refuse(name: string, reason: string): undefined {
    context.report(`${element}.${name}`, reason);
  }

  /** The same template is one query; a key is the first name that asks, made different from the other keys. */
  function queryOf(name: string, { type, template }: Template): Query {
    const known = context.queries.get(template);
    if (known) return known;
    const taken = new Set([...context.queries.values()].map(({ key }) => key));
    let key = name;
    for (let at = 2; taken.has(key); at += 1) key = `${name}${at}`;
    const query = { key, type, template };
    context.queries.set(template, query);
    return query;
  }
}
