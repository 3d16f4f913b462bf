/** dynamicValue of an action or an activity: a checked path and an expression. */
import type { ActivityDefinition, PlanDefinitionAction } from '../fhir/types.ts';
import type { Checking } from './compiling.ts';
import { valueExpression } from './expressions.ts';
import type { DynamicValue, Names } from './plan.ts';
import { safePath } from './safe-path.ts';

const OF_ACTION = /^%?action\.(.+)$/;

/** What an expression may set of an action. */
const ACTION_TEXTS: ReadonlySet<string> = new Set(['prefix', 'title', 'description', 'textEquivalent', 'priority']);

type Written = PlanDefinitionAction['dynamicValue'] | ActivityDefinition['dynamicValue'];

/** @param kind type of the resource that the path is of; undefined = there is none */
export function readDynamicValues(
  written: Written,
  kind: string | undefined,
  names: Names,
  element: string,
  checking: Checking,
): DynamicValue[] {
  return (written ?? []).flatMap(({ path = '', expression }) => {
    const value = valueExpression(expression, names, element, checking);
    const target = pathOf(path, kind);
    if (typeof target === 'string') checking.report(element, `dynamicValue: ${target}`);
    return value && typeof target !== 'string'
      ? [{ ...target, ...value, expression: expression?.expression ?? '' }]
      : [];
  });
}

function pathOf(path: string, kind: string | undefined): Pick<DynamicValue, 'path' | 'onAction'> | string {
  const own = OF_ACTION.exec(path)?.[1];
  if (own !== undefined || (kind === undefined && ACTION_TEXTS.has(path))) {
    const name = own ?? path;
    return ACTION_TEXTS.has(name) ? { path: [name], onAction: true } : `\`${path}\` of an action is not set`;
  }
  if (kind === undefined) return `\`${path}\`: there is no resource to set it of`;
  const segments = safePath(kind, path.startsWith(`${kind}.`) ? path.slice(kind.length + 1) : path);
  return typeof segments === 'string' ? segments : { path: segments, onAction: false };
}
