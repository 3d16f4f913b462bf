/** What a clinical case says (CONTRIBUTING.md). */
import type { FhirResource } from '../../src/fhir/types.ts';
import type { Order, OrderCard } from './order-case.ts';
import type { Form } from './responses.ts';

export type ClinicalCase = {
  title: string;
  /** Where the expected result stands, e.g. `F.3 example 4`. */
  spec: string;
  hook?: string;
  now?: string;
  patient?: Record<string, unknown>;
  /** Due date by ultrasound and a located pregnancy, as the chart would hold them. */
  gestation?: string;
  located?: boolean;
  faceToFace?: boolean;
  /** Class of the visit in progress; `AMB` unless said. */
  encounterClass?: string;
  /** Appointments being booked; the patient is added. */
  appointments?: Record<string, unknown>[];
  /** The newest answers, and responses before them. */
  form?: Form;
  earlierForms?: Form[];
  chart?: FhirResource[];
  /** Draft orders, and which of them are newly selected; ids `order-1` and so on are added when they are missing. */
  orders?: Order[];
  selections?: string[];
  /** Prefetch keys to leave out or to replace. */
  prefetch?: Record<string, unknown>;
  expect: {
    level?: string;
    fired?: string[];
    open?: string[];
    notAsked?: string[];
    resolved?: string[];
    /** The private card: there is none, it only asks, or it says something. */
    private?: 'none' | 'ask' | { level: string; fired?: string[]; says?: string[]; silentOn?: string[] };
    summary?: string;
    indicator?: string;
    says?: string[];
    silentOn?: string[];
    cards?: number;
    /** At an order hook: every card, in order. */
    orderCards?: OrderCard[];
  };
};

/** A case and where it stands: the file, and in a table the number of its row. */
export type NamedCase = { name: string; clinicalCase: ClinicalCase };
