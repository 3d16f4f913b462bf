/** The site file: what a place of care adds to the knowledge (docs/site-file.md). */
import { z } from 'zod';

const word = z.string().trim().min(1);
const coding = z.strictObject({ system: z.url(), code: word, display: word });

const service = z.strictObject({ name: word.optional(), phone: word.optional() });

/** Every member may be left out; a member that is not known is refused, so that no setting is silently ignored. */
export const site = z.strictObject({
  formUrl: z.url({ protocol: /^https?$/ }).optional(),
  // The only language in which there are texts yet.
  language: z.enum(['en']).default('en'),
  incompletePolicy: z.enum(['closing-items', 'strict']).default('closing-items'),
  services: z.record(z.string(), service).default({}),
  routes: z.record(z.string(), word).default({}),
  orderCodes: z.record(z.string(), z.array(coding).min(1)).default({}),
  valueSets: z.record(z.string(), z.array(coding).min(1)).default({}),
  rulesOff: z.array(word).default([]),
});

export type Site = z.infer<typeof site>;
