/** What the service answers, as schemas: for the API description, and for tests to hold the answers against. */
import { z } from 'zod';

const text = z.string().min(1);
const uuid = z.uuid();
const coding = z.strictObject({ system: text, code: text, display: text.optional() });
const fhirResource = z.looseObject({ resourceType: text });

const action = z.strictObject({
  type: z.enum(['create', 'update', 'delete']),
  description: text,
  resource: fhirResource.optional(),
  resourceId: z
    .string()
    .regex(/^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/)
    .optional(),
});

const suggestion = z.strictObject({
  label: text,
  uuid,
  isRecommended: z.boolean().optional(),
  actions: z.array(action).min(1),
});

const link = z.strictObject({
  label: text,
  url: z.url({ protocol: /^https?$/ }),
  type: z.enum(['absolute', 'smart']),
  appContext: text.optional(),
});

const card = z.strictObject({
  uuid,
  summary: text.max(139),
  detail: text.describe('GitHub-flavoured Markdown'),
  indicator: z.enum(['info', 'warning', 'critical']),
  source: z.strictObject({
    label: text,
    url: z.url({ protocol: /^https?$/ }).optional(),
    icon: z.url({ protocol: /^https?$/ }).optional(),
    topic: coding.optional(),
  }),
  suggestions: z.array(suggestion).min(1).optional(),
  selectionBehavior: z.enum(['any', 'at-most-one']).optional(),
  overrideReasons: z.array(coding.required()).min(1).optional(),
  links: z.array(link).min(1).optional(),
  extension: z.looseObject({}),
});

const service = z.strictObject({
  id: text,
  hook: text,
  title: text,
  description: text,
  prefetch: z.record(z.string(), text),
  usageRequirements: text.optional(),
});

/** Discovery. */
export const discoveryAnswer = z.strictObject({ services: z.array(service) });

/** A call. */
export const cardsAnswer = z.strictObject({ cards: z.array(card) });

/** Everything that is refused. */
export const outcomeAnswer = z.strictObject({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(z.strictObject({ severity: z.literal('error'), code: text, diagnostics: text })).min(1),
});

/** `/livez`. */
export const livezAnswer = z.strictObject({ status: z.literal('alive') });

/** `/readyz`. */
export const readyzAnswer = z.looseObject({
  status: z.enum(['ready', 'checking', 'stopping']),
  knowledge: z.array(text),
  overdue: z.array(text),
  lastReload: z.strictObject({ at: z.iso.datetime(), refused: z.boolean() }).optional(),
  store: z.looseObject({}),
});

const count = z.int().nonnegative();

/** Feedback as it is counted. */
export const countsAnswer = z.strictObject({
  rows: z.array(
    z.strictObject({
      rule: text,
      hook: text,
      month: z.string().regex(/^\d{4}-\d\d$/),
      shown: count,
      accepted: count,
      overridden: count,
      reasons: z.record(z.string(), count),
    }),
  ),
});

/** Feedback that is kept. */
export const storedAnswer = z.strictObject({});
