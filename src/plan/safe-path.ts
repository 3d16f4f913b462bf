/** Paths of dynamicValue: walked through the elements of R4, so that nothing else can be reached (security/bar I2). */
import { elementOf } from '../fhir/elements.ts';

const SEGMENT = /^([a-z][A-Za-z0-9]*)(?:\[(\d{1,2})\])?$/;

/** Set by the engine alone: whose it is, and that it is a draft. */
const NOT_SET: ReadonlySet<string> = new Set(['resourceType', 'id', 'status', 'intent', 'subject', 'for', 'encounter']);

/**
 * Checks a path against a type.
 * @returns one segment for each element (lists with an index), or why it is refused
 */
export function safePath(type: string, path: string): string[] | string {
  const segments: string[] = [];
  let at = type;
  for (const [depth, text] of path.split('.').entries()) {
    const [, name = '', index] = SEGMENT.exec(text) ?? [];
    if (depth === 0 && NOT_SET.has(name)) return `\`${name}\` is not set by a plan`;
    const element = name === '' ? undefined : elementOf(at, name);
    if (!element) return `\`${path}\` is no path of ${type}`;
    segments.push(name);
    if (element.repeats) segments.push(index ?? '0');
    else if (index !== undefined) return `\`${name}\` of ${at} is no list`;
    at = element.type;
  }
  return segments;
}

/** A copy with a value at a checked path. */
export function withValue(target: unknown, [segment, ...rest]: string[], value: unknown): unknown {
  if (segment === undefined) return value;
  if (/^\d+$/.test(segment)) {
    const list: unknown[] = Array.isArray(target) ? [...target] : [];
    // Elements are not left empty in between.
    const at = Math.min(Number(segment), list.length);
    list[at] = withValue(list[at], rest, value);
    return list;
  }
  const node: object = typeof target === 'object' && target !== null ? target : {};
  const inner = Object.hasOwn(node, segment) ? Reflect.get(node, segment) : undefined;
  return { ...node, [segment]: withValue(inner, rest, value) };
}
