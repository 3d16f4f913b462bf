/** What the page asks of its own service, which keeps nothing of it (ADR 0021). */
import type { Bundle, OperationOutcome, Parameters, Questionnaire, QuestionnaireResponse } from 'fhir/r4';
import type { Alert, Told } from './model/alerts.ts';

export type Start = {
  plan: string;
  questionnaires: string[];
  queries: { type: string; query: string }[];
  safetyNet: Told[];
  demonstration: boolean;
  contacts: { emergencyNumber?: string; lines: { name: string; phone: string }[] };
  apps: { iss: string; clientId: string; scope?: string; name?: string }[];
};
export type Alerts = { alerts: Alert[]; renewOn: string[] };
export type Result = {
  indicator?: 'critical' | 'warning' | 'info';
  tell: Told[];
  safetyNet: Told[];
  open: string[];
  partial: boolean;
};

/** What is known of the person: answers so far, and what was read of the record. */
export type Known = {
  plan: string;
  patientId: string;
  responses: QuestionnaireResponse[];
  chart: Bundle;
  searched: string[];
};

/** A server that answered, and refused. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, outcome?: OperationOutcome) {
    super(outcome?.issue?.[0]?.diagnostics ?? `${status}`);
    this.status = status;
  }
}

const BASE = new URL('../form-api/', document.baseURI);
const PATIENCE_MS = 15_000;

export const startOf = (lang: string, questionnaire: string | null): Promise<Start> =>
  ask(`start?${query({ lang, questionnaire })}`);

/** Forms by canonical, in this order. @param lang left out: as they were authored */
export async function questionnairesOf(urls: string[], lang?: string): Promise<Questionnaire[]> {
  const { entry = [] } = await ask<Bundle<Questionnaire>>(`Questionnaire?${query({ url: urls.join(','), lang })}`);
  const found = entry.flatMap(({ resource }) => resource ?? []);
  return urls.flatMap((url) => found.find((one) => one.url === url) ?? []);
}

export const alertsFor = (known: Known, lang: string): Promise<Alerts> =>
  ask(`alerts?${query({ lang })}`, parametersOf(known, [{ name: 'plan', valueCanonical: known.plan }]));

export const resultFor = (known: Known, lang: string): Promise<Result> =>
  ask(`result?${query({ lang })}`, parametersOf(known, [{ name: 'plan', valueCanonical: known.plan }]));

/** What the record says, as an unfinished response whose answers are marked. */
export async function populated(canonical: string, known: Known): Promise<QuestionnaireResponse | undefined> {
  const own = [{ name: 'canonical', valueCanonical: canonical }];
  const { parameter } = await ask<Parameters>(
    'Questionnaire/$populate',
    parametersOf({ ...known, responses: [] }, own),
  );
  return parameter?.find(({ name }) => name === 'response')?.resource as QuestionnaireResponse | undefined;
}

/** Observations of a response that is stored, each with the condition that makes it once. */
export const extracted = (response: QuestionnaireResponse): Promise<Bundle> =>
  ask('QuestionnaireResponse/$extract', response);

function parametersOf(known: Known, own: NonNullable<Parameters['parameter']>): Parameters {
  return {
    resourceType: 'Parameters',
    parameter: [
      ...own,
      { name: 'subject', valueReference: { reference: `Patient/${known.patientId}` } },
      ...known.responses.map((resource) => ({ name: 'response', resource })),
      { name: 'chart', resource: known.chart },
      ...known.searched.map((type) => ({ name: 'searched', valueCode: type })),
    ],
  };
}

function query(members: Record<string, string | null | undefined>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(members).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
  );
}

/** @throws Refusal, or what `fetch` throws when nobody answers */
async function ask<Answer>(path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(new URL(path, BASE), {
    signal: AbortSignal.timeout(PATIENCE_MS),
    credentials: 'omit',
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok || answer === undefined) throw new Refusal(response.status, answer as OperationOutcome);
  return answer as Answer;
}
