/** One change somewhere in a JSON tree, as a client that is wrong or hostile might make it. */
import type { Random } from './random.ts';

type Container = Record<string, unknown> | unknown[];

const ODD_VALUES: unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  5e-324,
  2 ** 53,
  '',
  ' ',
  '0',
  'null',
  '__proto__',
  '../../etc/passwd',
  '2026-02-30',
  '9999-12-31T23:59:60Z',
  '0000-00-00',
  '<script>alert(1)</script>',
  '[x](javascript:alert(1))',
  "' OR 1=1 --",
  '%00',
  '\u0000',
  '\ud800',
  '\u202e\ufeff',
  'Patient/somebody-else',
  'x'.repeat(20_000),
  [],
  {},
  [[]],
  [null],
  { resourceType: 'Patient' },
  { resourceType: 'Bundle', entry: [null, {}, { resource: null }] },
  { resourceType: 'OperationOutcome', issue: [] },
  { reference: '#self', id: 'self', contained: [{ reference: '#self' }] },
  { value: 'NaN', unit: 5, system: null, code: [] },
];
const ODD_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'length',
  '',
  '0',
  'resourceType',
  'extension',
  'id',
  'item',
];

/** Changes `root` in place. */
export function mutateTree(root: Container, { whole, pick }: Random): void {
  const holder = somewhere(root, whole);
  const keys = Object.keys(holder);
  const key = keys.length > 0 ? pick(keys) : '0';
  const members = holder as Record<string, unknown>;
  const change = whole(8);
  if (change === 0) delete members[key];
  else if (change === 1) define(holder, pick(ODD_NAMES), members[key]);
  else define(holder, key, changed(change, members[key], root, { whole, pick }));
}

function changed(change: number, value: unknown, root: Container, { whole, pick }: Random): unknown {
  if (change === 2) return nested(value, 1 + whole(80));
  if (change === 3) return Array(1 + whole(50)).fill(value);
  if (change === 4) return copy(somewhere(root, whole));
  return change === 5 ? bent(value, whole) : pick(ODD_VALUES);
}

/** A container that a walk of random length leads to. */
function somewhere(root: Container, whole: Random['whole']): Container {
  let here = root;
  for (let steps = whole(12); steps > 0; steps -= 1) {
    const below = Object.values(here).filter((value) => typeof value === 'object' && value !== null) as Container[];
    const next = below[whole(below.length)];
    if (!next) break;
    here = next;
  }
  return here;
}

/** An own member, whatever its name: `__proto__` too is sent as written. */
function define(holder: Container, key: string, value: unknown): void {
  Object.defineProperty(holder, key === 'length' && Array.isArray(holder) ? '0' : key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

const copy = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null');

function nested(value: unknown, depth: number): unknown {
  let outer = value;
  for (let level = 0; level < depth; level += 1) outer = level % 2 ? [outer] : { item: outer };
  return outer;
}

/** The same kind of value, slightly off. */
function bent(value: unknown, whole: Random['whole']): unknown {
  if (typeof value === 'number') return value * ([-1, 1_000, 0.001, 1e300][whole(4)] ?? 1);
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return [value];
  const at = whole(value.length + 1);
  return `${value.slice(0, at)}${['', '\u0000', '"', '\\', '\u2028', '9', 'é', '{{'][whole(8)]}${value.slice(at + whole(3))}`;
}
