/** What changes the meaning of a plan from inside, where no list of elements sees it: it is refused, wherever it stands. */
import type { CodeableConcept, PlanDefinitionAction } from '../fhir/types.ts';

const WHY_NOT: Readonly<Record<string, string>> = {
  modifierExtension: 'it changes the meaning in a way that is not known here',
  'cqf-expression': 'values of elements are set by dynamicValue',
  'cqf-calculatedValue': 'values of elements are set by dynamicValue',
};

/** Reasons against modifiers and computed values below the first level of an element. */
export function hiddenMeanings(node: object): string[] {
  const found = new Set<string>();
  for (const [name, value] of Object.entries(node)) if (name !== 'contained' && name !== 'action') visit(value);
  return [...found].map((name) => `\`${name}\` is not honoured: ${WHY_NOT[name]}`);

  function visit(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    if ('modifierExtension' in value) found.add('modifierExtension');
    const url: unknown = Reflect.get(value, 'url');
    const name = typeof url === 'string' ? url.slice(url.lastIndexOf('/') + 1) : '';
    if (Object.hasOwn(WHY_NOT, name)) found.add(name);
    for (const inner of Object.values(value)) visit(inner);
  }
}

type OfSubject = { subjectCodeableConcept?: CodeableConcept | undefined };

/** A reason against a plan that is about anything but a patient. */
export function otherSubject({ subjectCodeableConcept: subject }: OfSubject): string[] {
  if (subject === undefined || subject.coding?.some(({ code }) => code === 'Patient')) return [];
  return ['the subject is the patient of the call: `subjectCodeableConcept` names another'];
}

/** A reason against what its publisher has withdrawn. */
export const notInForce = ({ status }: { status: string }): string[] =>
  status === 'retired' ? ['the status is retired: its publisher has withdrawn it'] : [];

const TRIGGER: readonly string[] = ['id', 'extension', 'type', 'name', '_type', '_name'];
const INPUT: readonly string[] = ['limit', 'sort', 'subjectReference'];

/** Reasons against parts of an action of which only some members are read. */
export function unreadParts({ trigger, condition, input, dynamicValue }: PlanDefinitionAction): string[] {
  const more = (trigger ?? []).flatMap((one) => Object.keys(one).filter((name) => !TRIGGER.includes(name)));
  const expressions = [...(condition ?? []), ...(dynamicValue ?? [])].map(({ expression }) => expression);
  const named = (input ?? []).filter(({ id }) => id !== undefined);
  const ofInput = named.flatMap((one) => Object.keys(one).filter((name) => INPUT.includes(name)));
  const searched = named.flatMap(({ codeFilter }) => codeFilter ?? []).some(({ searchParam }) => searchParam);
  return [
    ...more.map((name) => `\`${name}\` of a trigger is not honoured: the hook alone calls the plan`),
    ...(expressions.some((one) => one?.reference !== undefined)
      ? ['`reference` of an expression is not honoured: expressions are not read from elsewhere']
      : []),
    ...ofInput.map((name) => `\`${name}\` of an input is not honoured: say it in the expression`),
    ...(searched ? ['`searchParam` of an input is not honoured: use a query pattern'] : []),
    ...named.flatMap((one) => otherSubject(one)),
  ];
}
