/**
 * A zod schema as a function that only says yes or no. A shape that is checked on every resource of every call must not
 * cost a copy of the resource; the schema stays the one statement of it, and the oracle of a test.
 */
import type { z } from 'zod';

/** Whether a value has the shape. */
export type Predicate = (value: unknown) => boolean;

type Def = {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  innerType?: z.ZodType;
  getter?: () => z.ZodType;
};

/**
 * Compiles loose objects, arrays, optionals, texts, finite numbers, booleans and references to itself.
 * @throws Error for any other kind of schema
 */
export function predicateOf(schema: z.ZodType, known = new Map<unknown, Predicate>()): Predicate {
  const made = known.get(schema);
  if (made) return made;
  // A schema that holds itself finds this while it is being made.
  let predicate: Predicate = () => false;
  known.set(schema, (value) => predicate(value));
  predicate = compile(schema._zod.def as unknown as Def, known);
  known.set(schema, predicate);
  return predicate;
}

function compile({ type, shape = {}, element, innerType, getter }: Def, known: Map<unknown, Predicate>): Predicate {
  if (type === 'string' || type === 'boolean') return (value) => typeof value === type;
  if (type === 'number') return Number.isFinite;
  if (type === 'object') return objectOf(shape, known);
  if (type === 'array' && element) return arrayOf(predicateOf(element, known));
  if (type === 'optional' && innerType) return optional(predicateOf(innerType, known));
  if (type === 'lazy' && getter) return predicateOf(getter(), known);
  throw new Error(`no predicate for a schema of type ${type}`);
}

function optional(inner: Predicate): Predicate {
  return (value) => value === undefined || inner(value);
}

function arrayOf(element: Predicate): Predicate {
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (let at = 0; at < value.length; at += 1) if (!element(value[at])) return false;
    return true;
  };
}

/** Members that the shape does not name are not looked at. */
function objectOf(shape: Record<string, z.ZodType>, known: Map<unknown, Predicate>): Predicate {
  const names = Object.keys(shape);
  const members = Object.values(shape).map((member) => predicateOf(member, known));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const found = value as Record<string, unknown>;
    for (let at = 0; at < names.length; at += 1) {
      if (!(members[at] as Predicate)(found[names[at] as string])) return false;
    }
    return true;
  };
}
