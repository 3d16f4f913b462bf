/** The site file: what a place of care adds to the knowledge (docs/site-file.md). */
import { z } from 'zod';

const word = z.string().trim().min(1);
const coding = z.strictObject({ system: z.url(), code: word, display: word });

/** What the page of the form shows to patients: never the numbers that clinicians call. */
const forPatients = z.strictObject({
  emergencyNumber: word.optional(),
  contacts: z.array(z.strictObject({ name: word, phone: word })).default([]),
});

/** A FHIR server from which the form is launched (SMART App Launch). */
const smartApp = z.strictObject({
  iss: z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, '')),
  clientId: word,
  scope: word.optional(),
  // Where its token endpoint is, when that is another origin.
  origins: z.array(z.url({ protocol: /^https?$/ }).transform((text) => new URL(text).origin)).default([]),
});

const service = z.strictObject({ name: word.optional(), phone: word.optional() });

/** Every member may be left out; a member that is not known is refused, so that no setting is silently ignored. */
export const site = z.strictObject({
  formUrl: z.url({ protocol: /^https?$/ }).optional(),
  // The only language in which there are texts yet.
  language: z.enum(['en']).default('en'),
  incompletePolicy: z.enum(['closing-items', 'strict']).default('closing-items'),
  patients: forPatients.default({ contacts: [] }),
  smartApps: z.array(smartApp).default([]),
  services: z.record(z.string(), service).default({}),
  routes: z.record(z.string(), word).default({}),
  orderCodes: z.record(z.string(), z.array(coding).min(1)).default({}),
  valueSets: z.record(z.string(), z.array(coding).min(1)).default({}),
  rulesOff: z.array(word).default([]),
});

export type Site = z.infer<typeof site>;
