/** The moments of care: what each does to the record before its hook is called, and what can follow. */
import type { ActivityDefinition, Appointment, Encounter } from 'fhir/r4';
import { type Chart, draftsIn } from './model/chart.ts';
import { draftFrom, readOrders, referenceTo } from './model/orders.ts';
import { openVisit } from './model/record.ts';
import { USER } from './wire/call-hook.ts';
import { createFhir, readFhir, updateFhir } from './wire/fhir-server.ts';

export type Moment = {
  hook: string;
  title: string;
  /** Why it cannot happen now. */
  impossible?: string | undefined;
  /** Does what comes before the call. @returns the context of the hook */
  context: () => Promise<Record<string, unknown>>;
  /** What the clinician can do after the cards were seen. @returns what was done */
  next?: { label: string; run: () => Promise<string> } | undefined;
};

export type Moments = {
  open: Moment;
  start: Moment;
  discharge: Moment;
  sign: Moment;
  book: (hoursFromNow: number) => Moment;
  order: (entry: ActivityDefinition) => Moment;
};

const HOUR_MS = 3_600_000;
const VISIT_CLASS = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  code: 'AMB',
  display: 'ambulatory',
};

/** @param renew reads the record again after it was changed */
export function momentsOf(chart: Chart, renew: () => Promise<void>): Moments {
  const { patientId } = chart;
  const visit = openVisit(chart.record);
  const drafts = draftsIn(chart);
  const common = { patientId, ...(visit !== undefined && { encounterId: visit }) };

  return {
    open: { hook: 'patient-view', title: 'Open chart', context: async () => common },
    start: {
      hook: 'encounter-start',
      title: 'Start visit',
      context: async () => {
        if (visit !== undefined) return common;
        const { id } = await createFhir(newVisit(patientId), 'Start the visit');
        await renew();
        return { patientId, encounterId: id };
      },
    },
    discharge: {
      hook: 'encounter-discharge',
      title: 'Discharge',
      impossible: visit === undefined ? 'No visit is going on.' : undefined,
      context: async () => common,
      next: visit === undefined ? undefined : { label: 'End the visit', run: () => endVisit(visit).then(done(renew)) },
    },
    sign: {
      hook: 'order-sign',
      title: 'Sign orders',
      impossible: drafts.length === 0 ? 'There is no draft order.' : undefined,
      context: async () => ({ ...common, draftOrders: bundle(drafts) }),
      next: { label: 'Sign them', run: () => signAll(chart.patientId, drafts.map(referenceTo)).then(done(renew)) },
    },
    book: (hoursFromNow) => {
      const appointment = newAppointment(patientId, hoursFromNow);
      return {
        hook: 'appointment-book',
        title: 'Book',
        context: async () => ({ ...common, appointments: bundle([{ ...appointment, id: 'proposed' }]) }),
        next: { label: 'Book it', run: () => bookIt(appointment).then(done(renew)) },
      };
    },
    order: (entry) => ({
      hook: 'order-select',
      title: 'Order',
      context: async () => {
        const draft = await createFhir(draftFrom(entry, patientId, visit), 'Draft the order');
        await renew();
        return { ...common, selections: [referenceTo(draft)], draftOrders: bundle([...drafts, draft]) };
      },
    }),
  };
}

const bundle = (resources: unknown[]) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ resource })),
});

const done =
  (renew: () => Promise<void>) =>
  async (words: string): Promise<string> => {
    await renew();
    return words;
  };

const newVisit = (patientId: string): Encounter => ({
  resourceType: 'Encounter',
  status: 'in-progress',
  class: VISIT_CLASS,
  subject: { reference: `Patient/${patientId}` },
  participant: [{ individual: { reference: USER } }],
  period: { start: new Date().toISOString() },
});

async function endVisit(id: string): Promise<string> {
  const visit = (await readFhir(`Encounter/${id}`)) as Encounter;
  const period = { ...visit.period, end: new Date().toISOString() };
  await updateFhir<Encounter>({ ...visit, status: 'finished', period }, 'End the visit');
  return 'The visit is ended.';
}

function newAppointment(patientId: string, hoursFromNow: number): Appointment {
  const start = Date.now() + hoursFromNow * HOUR_MS;
  return {
    resourceType: 'Appointment',
    status: 'proposed',
    start: new Date(start).toISOString(),
    end: new Date(start + HOUR_MS / 2).toISOString(),
    participant: [{ actor: { reference: `Patient/${patientId}` }, status: 'needs-action' }],
  };
}

async function bookIt(appointment: Appointment): Promise<string> {
  const { id } = await createFhir<Appointment>({ ...appointment, status: 'booked' }, 'Book the appointment');
  return `The appointment is booked: Appointment/${id}.`;
}

async function signAll(patientId: string, references: string[]): Promise<string> {
  const drafts = (await readOrders(patientId)).filter((one) => references.includes(referenceTo(one)));
  // Only what was checked is signed.
  if (drafts.length === 0)
    return 'None of these drafts is left. Choose “Sign orders” again: what is new is checked first.';
  for (const draft of drafts) await updateFhir({ ...draft, status: 'active' } as typeof draft, 'Sign the order');
  return `${drafts.length} ${drafts.length === 1 ? 'order is' : 'orders are'} signed.`;
}
