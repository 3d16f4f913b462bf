/** `context.appointments` of appointment-book, read leniently: a Bundle, a list, or one Appointment. */
import { z } from 'zod';

const text = z.string().optional();
const concept = z.looseObject({
  coding: z.array(z.looseObject({ system: text, code: text, display: text })).optional(),
  text,
});

const appointment = z.looseObject({
  resourceType: z.literal('Appointment'),
  id: text,
  status: text,
  start: text,
  serviceCategory: z.array(concept).optional(),
  serviceType: z.array(concept).optional(),
  specialty: z.array(concept).optional(),
  appointmentType: concept.optional(),
  participant: z.array(z.looseObject({ actor: z.looseObject({ reference: text }).optional() })).optional(),
});

export type Appointment = z.infer<typeof appointment>;

/** What was sent: Appointments that can be read, and how many entries cannot. */
export type SentAppointments = { read: Appointment[]; unreadable: number };

const bundle = z.looseObject({
  resourceType: z.literal('Bundle'),
  entry: z.array(z.looseObject({ resource: z.unknown().optional() })).optional(),
});

/** The context field; one odd entry does not refuse the others. */
export const appointments = z
  .union([bundle, z.array(z.unknown()), z.looseObject({ resourceType: z.literal('Appointment') })])
  .transform((sent): SentAppointments => {
    const entries = entriesOf(sent);
    const read = entries.flatMap((entry) => appointment.safeParse(entry).data ?? []);
    return { read, unreadable: entries.length - read.length };
  });

function entriesOf(sent: z.infer<typeof bundle> | { resourceType: string } | unknown[]): unknown[] {
  if (Array.isArray(sent)) return sent;
  return sent.resourceType === 'Bundle'
    ? ((sent as z.infer<typeof bundle>).entry?.map((e) => e.resource) ?? [])
    : [sent];
}
