/** Names that expressions may read: those of FHIR, the parameters of `$apply`, and what the plan defines. */
import type { Names } from './plan.ts';

/** `$apply` parameters; `%patient` is the other usual name of the subject. */
const PARAMETERS = [
  'subject',
  'patient',
  'encounter',
  'practitioner',
  'organization',
  'userType',
  'userLanguage',
  'userTaskContext',
  'setting',
  'settingContext',
] as const;

export type ParameterName = (typeof PARAMETERS)[number];

/** Always bound. */
export const CONSTANTS: Readonly<Record<string, string>> = {
  ucum: 'http://unitsofmeasure.org',
  sct: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
};

/** The clock of the call, in place of the engine's. */
export const CLOCK = { now: '%callNow.toDateTime()', today: '%callToday.toDate()' } as const;

const RESERVED: ReadonlySet<string> = new Set([
  ...PARAMETERS,
  ...Object.keys(CONSTANTS),
  'context',
  'resource',
  'rootResource',
  'callNow',
  'callToday',
]);

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether a name is defined at this place or around it. */
export function isKnown(name: string, names: Names | undefined): boolean {
  if (RESERVED.has(name)) return true;
  if (!names) return false;
  return names.definitions.some((definition) => definition.name === name) || isKnown(name, names.outer);
}

/** Why a name cannot be given to a fact of this element; undefined when it can. */
export function wrongName(name: string | undefined, names: Names): string | undefined {
  if (!name) return 'a variable has no name: nothing could read it';
  if (!IDENTIFIER.test(name) || name === '__proto__') return `\`${name}\` is no name that %name can refer to`;
  if (RESERVED.has(name)) return `%${name} has a meaning of its own`;
  // An inner element may override it.
  return names.definitions.some((one) => one.name === name) ? `two variables here are called ${name}` : undefined;
}
