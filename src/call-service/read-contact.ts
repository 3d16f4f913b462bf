/** What the moment of care adds: appointments, assessments, pending results, the level before (spec E). */
import type { HookRequest } from '../cds-hooks/hook-request.ts';
import type { Contact } from '../decision/contact.ts';
import type { Decision } from '../decision/decision.ts';
import type { Chart, Moment } from '../evidence/chart.ts';
import { readAppointments } from '../evidence/read-appointments.ts';
import type { ReadPending } from '../evidence/read-pending.ts';
import { readResolutions } from '../evidence/read-resolutions.ts';
import { ruleSystem } from '../knowledge/systems.ts';
import type { Topic } from '../knowledge/topic.ts';
import { asksForResolution } from './data-needs.ts';
import { type Assess, earlierLevel } from './earlier-level.ts';

/** Reads only what the hook asks for. */
export function readContact(
  { topic, readPending }: { topic: Topic; readPending: ReadPending },
  { hook, context }: HookRequest,
  chart: Chart,
  moment: Moment,
  decision: Decision,
  assess: Assess,
): Contact {
  const settling = asksForResolution(topic, hook);
  const { appointments, patientId } = context;
  return {
    hook,
    bookings: appointments && readAppointments(appointments, patientId, moment.zone),
    resolutions: settling ? readResolutions(chart, ruleSystem(topic), moment) : undefined,
    resolutionsUnread: settling && !chart.read.has('ClinicalImpression'),
    pending: settling ? readPending(chart) : [],
    earlier: topic.levelHistory.hooks.includes(hook) ? earlierLevel(topic, chart, moment, decision, assess) : undefined,
  };
}
