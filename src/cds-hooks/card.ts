/** The CDS Hooks answer (2.0.1): members are left out, never null (NUL-1). */
import type { Coding, FhirResource } from 'fhir/r4.js';

type Indicator = 'info' | 'warning' | 'critical';

type Source = { label: string; url?: string; icon?: string; topic?: Coding };

export type Action =
  | { type: 'create'; description: string; resource: FhirResource }
  | { type: 'delete'; description: string; resourceId: string };

export type Suggestion = { label: string; uuid: string; isRecommended?: boolean; actions: Action[] };

export type Link = { label: string; url: string; type: 'absolute' | 'smart'; appContext?: string };

/** What an EHR may route by; never clinical values (design/architecture section 6). */
type CardExtension = {
  level?: string;
  fired?: string[];
  open?: string[];
  notAsked?: string[];
  /** Rules that fire and were dealt with since. */
  resolved?: string[];
  /** The finding was overridden a short while ago and is not told in full. */
  overridden?: true;
  plan: string;
  confidential: boolean;
};

export const EXTENSION_NAME = 'org.example.pregnancy-back-pain-cds';

export type Card = {
  uuid: string;
  summary: string;
  detail: string;
  indicator: Indicator;
  source: Source;
  suggestions?: Suggestion[];
  selectionBehavior?: 'any' | 'at-most-one';
  overrideReasons?: readonly Coding[];
  links?: Link[];
  extension: { [EXTENSION_NAME]: CardExtension };
};

export type CdsResponse = { cards: Card[] };
