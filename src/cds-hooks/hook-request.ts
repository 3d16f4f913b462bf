/** The request of a hook, parsed once at the edge (conformance BAD-1..11, FHS-1, FHS-2). */
import { z } from 'zod';
import { appointments } from './appointments.ts';
import { orderContext } from './draft-orders.ts';

/** FHIR ids, and nothing that could change the meaning of a query (`Patient/..` is another address). */
const fhirId = z.string().regex(/^(?!\.+$)[A-Za-z0-9\-.]{1,64}$/, 'is not a FHIR id');

const context = z.looseObject({
  userId: z.string().min(1).optional(),
  patientId: fhirId,
  encounterId: fhirId.optional(),
  appointments: appointments.optional(),
  ...orderContext,
});

const fhirAuthorization = z.looseObject({
  access_token: z.string().min(1),
  token_type: z.literal('Bearer'),
  expires_in: z.number().optional(),
  scope: z.string().optional(),
  subject: z.string().optional(),
});

const resource = z.looseObject({ resourceType: z.string().min(1) });

/** What every hook sends. Unknown members and unknown optional context fields are tolerated (HOK-2, EXT-3). */
export const hookRequest = z
  .looseObject({
    hook: z.string().min(1),
    // Any version and variant: to refuse one is to leave the clinician without an answer.
    hookInstance: z.guid('is not a UUID'),
    context,
    fhirServer: z.url({ protocol: /^https?$/ }).optional(),
    fhirAuthorization: fhirAuthorization.optional(),
    prefetch: z.record(z.string(), z.union([resource, z.null()])).optional(),
    extension: z.record(z.string(), z.unknown()).optional(),
  })
  .refine((request) => request.fhirAuthorization === undefined || request.fhirServer !== undefined, {
    message: 'fhirAuthorization requires fhirServer',
    path: ['fhirServer'],
  });

export type HookRequest = z.infer<typeof hookRequest>;

/** What the context of a hook requires beside the patient (BAD-8). */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'encounter-start': ['encounterId'],
  'encounter-discharge': ['encounterId'],
  'appointment-book': ['appointments'],
  'order-select': ['draftOrders', 'selections'],
  'order-sign': ['draftOrders'],
};

/** The required context fields that a request lacks. */
export function missingContext({ hook, context }: HookRequest): string[] {
  const required = Object.hasOwn(REQUIRED, hook) ? (REQUIRED[hook] ?? []) : [];
  return required.filter((field) => context[field] === undefined);
}
