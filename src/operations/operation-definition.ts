/** The OperationDefinition of a row of the table. */
import type { OperationDefinition, OperationDefinitionParameter } from '../fhir/types.ts';
import type { Operation } from './operation.ts';
import type { OperationParameter } from './parameters.ts';

/** The canonical of an operation. @param base canonical base of the knowledge */
export const canonicalOf = ({ resource, code }: Operation, base: string): string =>
  `${base}/OperationDefinition/${resource}-${code}`;

/** What an operation takes and gives, and that it changes nothing. */
export function operationDefinition(operation: Operation, base: string): OperationDefinition {
  const { code, resource, title, description, at, input, output } = operation;
  return {
    resourceType: 'OperationDefinition',
    id: `${resource}-${code}`,
    url: canonicalOf(operation, base),
    name: title.replace(/[^A-Za-z]+/g, ''),
    title,
    status: 'draft',
    kind: 'operation',
    description,
    affectsState: false,
    code,
    ...(operation.base !== undefined && { base: operation.base }),
    resource: [resource as 'Questionnaire'],
    system: false,
    type: at.includes('type'),
    instance: at.includes('instance'),
    parameter: [...input.map((one) => parameterOf(one, 'in')), ...output.map((one) => parameterOf(one, 'out'))],
  };
}

function parameterOf(
  { name, type, min, max, documentation, part }: OperationParameter,
  use: 'in' | 'out',
): OperationDefinitionParameter {
  // A parameter of parts has no type (FHIR R4, opd-1).
  return {
    name,
    use,
    min,
    max,
    documentation,
    ...(part ? { part: part.map((one) => parameterOf(one, use)) } : { type: type as 'code' }),
  };
}
