/** Appointments that are being booked: when, what for, still standing or not (spec E appointment-book). */
import type { Appointment, SentAppointments } from '../cds-hooks/appointments.ts';
import { codingsOf } from '../fhir/codings.ts';
import { instantRange } from '../fhir/dates.ts';
import { referenceTo, typeAndId } from '../fhir/references.ts';
import type { CodeableConcept, Coding } from '../fhir/types.ts';

export type Booking = {
  reference: string;
  /** Milliseconds since 1970; undefined = nothing readable says when. */
  start: number | undefined;
  /** Cancelled, or she did not come. */
  fellThrough: boolean;
  /** Service type, category, specialty and appointment type. */
  services: Coding[];
};

/** This patient's bookings, and how many entries are nobody's or cannot be read. */
export type Bookings = { list: Booking[]; notRead: number };

const FELL_THROUGH = ['cancelled', 'noshow'];

/** Reads the appointments of a hook; without any there is nothing to judge. */
export function readAppointments({ read, unreadable }: SentAppointments, patientId: string, zone: string): Bookings {
  const own = read.filter((appointment) => isOf(appointment, patientId) && appointment.status !== 'entered-in-error');
  const list = own.map((appointment) => ({
    reference: referenceTo(appointment),
    start: instantRange(appointment.start, zone)?.from,
    fellThrough: FELL_THROUGH.includes(appointment.status ?? ''),
    services: servicesOf(appointment),
  }));
  return { list, notRead: unreadable + read.length - own.length };
}

/** A participant who is a Patient must be this one; an appointment that names none is taken as hers. */
function isOf({ participant = [] }: Appointment, patientId: string): boolean {
  const patients = participant
    .flatMap(({ actor }) => typeAndId(actor as { reference?: string } | undefined) ?? [])
    .filter((reference) => reference.startsWith('Patient/'));
  return patients.length === 0 || patients.includes(`Patient/${patientId}`);
}

function servicesOf({
  serviceCategory = [],
  serviceType = [],
  specialty = [],
  appointmentType,
}: Appointment): Coding[] {
  const concepts = [...serviceCategory, ...serviceType, ...specialty, ...(appointmentType ? [appointmentType] : [])];
  return concepts.flatMap((concept) => codingsOf(concept as CodeableConcept));
}
