/** What a CDS client reads of discovery and cards (CDS Hooks 2.0.1). */
import type { Coding, FhirResource } from 'fhir/r4';

export type Service = {
  id: string;
  hook: string;
  title?: string;
  description: string;
  prefetch?: Record<string, string>;
};

export type Action = {
  type: 'create' | 'update' | 'delete';
  description: string;
  resource?: FhirResource;
  resourceId?: string;
};
export type Suggestion = { label: string; uuid?: string; isRecommended?: boolean; actions?: Action[] };
export type Link = { label: string; url: string; type: 'absolute' | 'smart'; appContext?: string };
export type Indicator = 'critical' | 'warning' | 'info';

export type Card = {
  uuid?: string;
  summary: string;
  detail?: string;
  indicator: Indicator;
  source: { label: string; url?: string };
  suggestions?: Suggestion[];
  selectionBehavior?: 'any' | 'at-most-one';
  overrideReasons?: Coding[];
  links?: Link[];
  /** By the names of those who made them. */
  extension?: Record<string, unknown>;
};

/** Not for eyes beside the clinician's: it is shown when it is opened. */
export const isPrivate = ({ extension = {} }: Card): boolean =>
  Object.values(extension).some((one) => (one as { confidential?: unknown } | null)?.confidential === true);

const URGENCY: readonly string[] = ['critical', 'warning', 'info'];

/** The most urgent first; equal ones as they came. */
export const byUrgency = (cards: Card[]): Card[] =>
  [...cards].sort((a, b) => rankOf(a.indicator) - rankOf(b.indicator));

/** 0 = most urgent; what is not known comes last. */
const rankOf = (indicator: string | undefined): number =>
  indicator !== undefined && URGENCY.includes(indicator) ? URGENCY.indexOf(indicator) : URGENCY.length;

export const INDICATOR_WORDS: Readonly<Record<Indicator, string>> = {
  critical: 'Critical',
  warning: 'Warning',
  info: 'Information',
};
