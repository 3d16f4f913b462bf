/** x-fhir-query and DataRequirement -> prefetch template (R4 "Using expressions"; CDS Hooks prefetch). */
import { isResourceType } from '../fhir/elements.ts';
import type { DataRequirement, ValueSet } from '../fhir/types.ts';

const TOKEN = /\{\{\s*(.*?)\s*\}\}/g;
const PATIENT = '{{context.patientId}}';
const ENCOUNTER = '{{context.encounterId}}';

/** What may stand in a query, as plans write it. */
const TOKENS: Readonly<Record<string, string>> = {
  '%subject.id': PATIENT,
  '%patient.id': PATIENT,
  '%context.patientId': PATIENT,
  'context.patientId': PATIENT,
  '%encounter.id': ENCOUNTER,
  '%context.encounterId': ENCOUNTER,
  'context.encounterId': ENCOUNTER,
};

/** Read, or type-level search. Nothing that could leave the server or call an operation. */
const SHAPE = /^([A-Z][A-Za-z]+)(?:\/\{\{context\.(?:patientId|encounterId)\}\}|\?[A-Za-z0-9_\-.:=&,|/%{}+]+)$/;
const NOT_SEARCHED = /[?&](_include|_revinclude|_has|_query|_filter|_contained)\b/;

export type Template = { type: string; template: string };

/**
 * @returns what a client fills in, or why it cannot be
 */
export function templateOf(query: string): Template | string {
  const unknown = [...query.matchAll(TOKEN)].flatMap(([, token = '']) => (Object.hasOwn(TOKENS, token) ? [] : [token]));
  if (unknown.length > 0) return `\`{{${unknown[0]}}}\` is not known when data are fetched`;
  const template = query.trim().replace(TOKEN, (_, token: string) => TOKENS[token] ?? '');
  const [, type = ''] = SHAPE.exec(template) ?? [];
  if (!isResourceType(type)) return `"${query}" is no read or search of one type of resource`;
  const barred = NOT_SEARCHED.exec(template)?.[1];
  if (barred) return `\`${barred}\` is not asked for: query each type by itself`;
  // Without the patient a server would answer with everybody's data.
  if (!template.includes(PATIENT) && !template.includes(ENCOUNTER)) return `"${query}" names no patient`;
  return { type, template };
}

/** The template of a DataRequirement, and the codes that its resources must have. */
export function requirementQuery(
  input: DataRequirement,
  valueSets: ReadonlyMap<string, ValueSet>,
): (Template & { codes: ReadonlySet<string> | undefined }) | string {
  const pattern = input.extension?.find(({ url }) => url.endsWith('/cqf-fhirQueryPattern'))?.valueString;
  const codes: string[] = [];
  for (const { path = 'code', code = [], valueSet } of input.codeFilter ?? []) {
    if (path !== 'code') return `codeFilter.path \`${path}\` is not filtered by: use a query pattern`;
    const listed = valueSet === undefined ? [] : enumerated(valueSets.get(valueSet.split('|')[0] ?? ''));
    if (!listed) return `the ValueSet ${valueSet} is not listed here`;
    codes.push(...code.map((coding) => `${coding.system ?? ''}|${coding.code ?? ''}`), ...listed);
  }
  if ((input.dateFilter ?? []).length > 0) return '`dateFilter` is not honoured: filter in the expression';
  const query = pattern ?? searchOf(input.type, codes);
  const template = templateOf(query);
  if (typeof template === 'string') return template;
  if (template.type !== input.type) return `the query pattern is not one of ${input.type}`;
  return { ...template, codes: codes.length > 0 ? new Set(codes) : undefined };
}

function searchOf(type: string, codes: string[]): string {
  if (type === 'Patient') return `Patient/${PATIENT}`;
  const filter = codes.length > 0 ? `&code=${codes.join(',')}` : '';
  return `${type}?patient=${PATIENT}${filter}`;
}

function enumerated(valueSet: ValueSet | undefined): string[] | undefined {
  if (!valueSet || valueSet.compose?.exclude) return undefined;
  const lists = (valueSet.compose?.include ?? []).map(({ system, concept, filter, valueSet: others }) =>
    filter || others || !concept ? undefined : concept.map(({ code }) => `${system ?? ''}|${code}`),
  );
  return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
}
