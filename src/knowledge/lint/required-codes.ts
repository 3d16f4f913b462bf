/** Codes of FHIR elements with required binding; a wrong one would be taken for a default in silence. */
import {
  ACTIVITY_KINDS,
  ARTIFACT_TYPES,
  ENABLE_OPERATORS,
  HOOKS,
  ITEM_TYPES,
  PUBLICATION_STATUS,
  REQUEST_PRIORITY,
} from './code-lists.ts';
import { fieldsOf, type Level, type Part } from './parts.ts';

type Binding = { codes: readonly string[]; optional?: true };

const BINDINGS: Partial<Record<Level, Record<string, Binding>>> = {
  plan: { status: { codes: PUBLICATION_STATUS } },
  artifact: { type: { codes: ARTIFACT_TYPES } },
  trigger: { type: { codes: ['named-event'] }, name: { codes: HOOKS } },
  rule: { priority: { codes: REQUEST_PRIORITY } },
  citation: { type: { codes: ['citation'] } },
  condition: { kind: { codes: ['applicability'] } },
  questionnaire: { status: { codes: PUBLICATION_STATUS } },
  group: { enableBehavior: { codes: ['all', 'any'], optional: true } },
  display: { enableBehavior: { codes: ['all', 'any'], optional: true } },
  item: { type: { codes: ITEM_TYPES }, enableBehavior: { codes: ['all', 'any'], optional: true } },
  enableWhen: { operator: { codes: ENABLE_OPERATORS } },
  activity: {
    status: { codes: PUBLICATION_STATUS },
    kind: { codes: ACTIVITY_KINDS },
    intent: { codes: ['proposal', 'plan'] },
    priority: { codes: REQUEST_PRIORITY, optional: true },
  },
};

/** One reason for each code of a part that is missing or unknown. */
export function wrongCodes({ level, node }: Part): string[] {
  const fields = fieldsOf(node);
  return Object.entries(BINDINGS[level] ?? {}).flatMap(([name, { codes, optional }]) => {
    const code = fields.get(name);
    if (code === undefined) return optional ? [] : [`\`${name}\` is missing: one of ${codes.join(', ')}`];
    return codes.includes(String(code)) ? [] : [`\`${name}\` is \`${code}\`: not one of ${codes.join(', ')}`];
  });
}
