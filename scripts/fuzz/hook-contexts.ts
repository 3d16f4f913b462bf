/** What the context of each published hook requires beside user and patient, for good requests. */
const bundleOf = (resource: object) => ({ resourceType: 'Bundle', type: 'collection', entry: [{ resource }] });

/** The fields, for the patient `patientId`. */
export function contextFields(hook: string, patientId: string): Record<string, unknown> {
  const subject = { reference: `Patient/${patientId}` };
  const order = {
    resourceType: 'MedicationRequest',
    id: 'draft',
    status: 'draft',
    intent: 'order',
    subject,
    medicationCodeableConcept: { text: 'paracetamol 500 mg tablet' },
  };
  const appointment = {
    resourceType: 'Appointment',
    id: 'proposed',
    status: 'proposed',
    start: '2026-12-01T09:00:00Z',
    end: '2026-12-01T09:30:00Z',
    participant: [{ actor: subject, status: 'needs-action' }],
  };
  const required: Record<string, Record<string, unknown>> = {
    'encounter-start': { encounterId: 'case-encounter' },
    'encounter-discharge': { encounterId: 'case-encounter' },
    'appointment-book': { appointments: bundleOf(appointment) },
    'order-select': { selections: ['MedicationRequest/draft'], draftOrders: bundleOf(order) },
    'order-sign': { draftOrders: bundleOf(order) },
  };
  return required[hook] ?? {};
}
