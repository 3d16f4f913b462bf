/** What the page asks of its own service, which keeps nothing of it (ADR 0023). */
type Level = { code: string; title: string; indicator: string; meaning: string; within?: string };
export type Source = { display: string; url?: string; text: string; checked: string };
export type Rule = {
  id: string;
  title: string;
  why: string;
  level: string;
  ofOrders: boolean;
  private: boolean;
  runsIn: string[];
  within?: string;
  alternatives: { id: string; words: string; fhirpath: string; whileOpen?: string }[];
  derived: string[];
  reads: string[];
  actions: string[];
  texts: string[];
  sources: Source[];
  reviewDue: string;
};
export type Fact = {
  name: string;
  label: string;
  question: string;
  class: string;
  kind: 'boolean' | 'choice' | 'choices' | 'number' | 'quantity' | 'date';
  form: string;
  unit?: string;
  min?: number;
  max?: number;
  options: { code: string; display: string; meaning: 'positive' | 'negative' | 'not-sure' }[];
  confidential: boolean;
};
export type Plan = {
  url: string;
  id: string;
  version: string;
  title: string;
  levels: Level[];
  rules: Rule[];
  derived: { name: string; description: string; words: string; fhirpath: string }[];
  facts: Fact[];
  axes: string[];
};

export type Answer = boolean | number | string | string[];
/** An order as people write it. */
export type SupposedDraft = { kind: 'MedicationRequest' | 'ServiceRequest'; name: string };
export type Supposed = {
  plan: string;
  facts: Record<string, Answer>;
  gestation?: number;
  faceToFace: boolean;
  drafts: SupposedDraft[];
};
export type Verdict = {
  id: string;
  state: 'fires' | 'open' | 'excluded' | 'not-run';
  raised: { level: string; when: string }[];
  why: string[];
  missing: string[];
  alternatives: string[];
};
export type WhatIf = {
  level?: string;
  privateLevel?: string;
  silent: boolean;
  gates: string[];
  gestation: { known: boolean; min: number; max: number };
  pregnancy: string;
  rules: Verdict[];
  notUsed: { label: string; reasons: string[] }[];
  unanswered: string[];
  failures: string[];
  drafts: DraftVerdicts[];
};
export type DraftVerdicts = {
  name: string;
  /** Absent when no drug is ordered. */
  ingredients?: { names: string[]; complete: boolean };
  rules: Verdict[];
};
export type HeatMap = { axis: string; weeks: number[]; values: number[]; levels: (string | null)[][] };
export type Overrides = {
  rows: {
    rule: string;
    hook: string;
    month: string;
    shown: number;
    accepted: number;
    overridden: number;
    reasons: Record<string, number>;
  }[];
};

/** A server that answered, and refused. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, answer: unknown) {
    const [issue] = (answer as { issue?: { diagnostics?: string }[] } | undefined)?.issue ?? [];
    super(issue?.diagnostics ?? `The service answered ${status}`);
    this.status = status;
  }
}

const PATIENCE_MS = 30_000;

export const plans = (): Promise<Plan[]> => ask('explorer-api/rules');
export const whatIf = (supposed: Supposed): Promise<WhatIf> => ask('explorer-api/what-if', supposed);

/** @param token of the site's administration, where the service asks for one */
export const overrides = (token?: string): Promise<Overrides> =>
  ask('admin/feedback', undefined, token === undefined ? {} : { authorization: `Bearer ${token}` });

/** Over one fact and all weeks; what is supposed of the gestation does not count. */
export function heatMap({ gestation: _, ...supposed }: Supposed, axis: string): Promise<HeatMap> {
  return ask('explorer-api/heat-map', { ...supposed, axis });
}

/** @throws Refusal, or what `fetch` throws when nobody answers */
async function ask<Answered>(path: string, body?: unknown, headers: HeadersInit = {}): Promise<Answered> {
  const response = await fetch(new URL(`../${path}`, document.baseURI), {
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers,
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok || answer === undefined) throw new Refusal(response.status, answer);
  return answer as Answered;
}
