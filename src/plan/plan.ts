/**
 * A plan in plain R4, compiled: PlanDefinition with nested actions, facts as `variable`, FHIRPath conditions. Plans with
 * level groups are topics and are compiled elsewhere; both read conditions with the same atoms.
 */
import type { Closure } from '../fhir/closure-values.ts';
import type { ActivityDefinition, PlanDefinition, PlanDefinitionAction } from '../fhir/types.ts';
import type { Condition, Scope } from '../knowledge/condition.ts';

/** A query that answers a fact: a prefetch template and, filled, a query of a FHIR server. */
export type Query = { key: string; type: string; template: string };

/** How a name gets its value: by an expression over earlier names, or by data. */
export type Definition = {
  name: string;
  /** What the fact says, for people. */
  description: string | undefined;
  expression: string;
} & (
  | { kind: 'expression'; evaluate: Closure; reads: string[] }
  /** `list`: the resources themselves (DataRequirement), else what the query answers (Bundle or resource). */
  | { kind: 'data'; query: Query; list: boolean; codes: ReadonlySet<string> | undefined }
);

/** Names of an element and of all below it; the conditions that read them share their atoms. */
export type Names = {
  scope: Scope;
  /** In document order; each may read the earlier ones. */
  definitions: Definition[];
  outer: Names | undefined;
  /** The resource that stands around: `%context`. */
  context: PlanDefinition | ActivityDefinition;
};

export type DynamicValue = {
  path: string[];
  onAction: boolean;
  expression: string;
  evaluate: Closure;
  reads: string[];
};

export type Activity = { definition: ActivityDefinition; names: Names; dynamicValues: DynamicValue[] };

export type Step = {
  /** What findings call it. */
  id: string;
  action: PlanDefinitionAction;
  /** Names in force here; those of the parent when the action has none of its own. */
  names: Names;
  /** All must be true. */
  conditions: Condition[];
  /** Only the first applicable child counts. */
  firstMatch: boolean;
  activity: Activity | undefined;
  /** The address of a Questionnaire or of anything else that is only referred to. */
  refersTo: string | undefined;
  dynamicValues: DynamicValue[];
  /** A plan stands in its place: the actions of that plan are cards of their own. */
  nestsPlan: boolean;
  /** Children, and those of a nested plan. */
  steps: Step[];
};

export type Plan = {
  id: string;
  url: string;
  version: string;
  /** As of a topic. */
  effectiveUntil?: string | undefined;
  title: string;
  description: string;
  publisher: string;
  definition: PlanDefinition;
  hooks: string[];
  names: Names;
  firstMatch: boolean;
  steps: Step[];
  /** Every query of the plan and of the plans nested in it; the patient's own first. */
  queries: Query[];
};
