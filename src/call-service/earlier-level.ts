/** The level at the contact before this one, judged by the same core over what was known then (spec E encounter-start). */
import type { EarlierLevel } from '../decision/contact.ts';
import type { Decision } from '../decision/decision.ts';
import type { Chart, Moment } from '../evidence/chart.ts';
import { instantRange } from '../fhir/dates.ts';
import type { FhirResource } from '../fhir/types.ts';
import type { Topic } from '../knowledge/topic.ts';

/** Chart and moment -> Decision, by the same core. */
export type Assess = (chart: Chart, moment: Moment) => Decision;

/** The earlier level, when the level of `decision` is above it. */
export function earlierLevel(
  topic: Topic,
  chart: Chart,
  moment: Moment,
  decision: Decision,
  assess: Assess,
): EarlierLevel | undefined {
  const rank = topic.groups.findIndex(({ code }) => code === decision.level);
  const { contacts } = decision.evidence;
  const at = rank < 0 ? undefined : previousContact(contacts, moment.now, topic.levelHistory.gap);
  if (at === undefined) return undefined;
  const then = assess(chartAt(chart, at, moment.zone), { ...moment, now: at });
  const earlier = topic.groups.findIndex(({ code }) => code === then.level);
  const group = topic.groups[earlier];
  return group && earlier > rank && !then.silent ? { group, at } : undefined;
}

/** Contacts are forms and encounters; those less than `gap` apart are one. The newest that is not the present one. */
function previousContact(contacts: number[], now: number, gap: number): number | undefined {
  const times = contacts.filter((time) => time <= now).sort((a, b) => b - a);
  let present = now;
  for (const time of times) {
    if (present - time > gap) return time;
    present = time;
  }
  return undefined;
}

/** What was known at a moment; the encounter of the hook had not begun. */
function chartAt(chart: Chart, at: number, zone: string): Chart {
  const resources = chart.resources.filter((resource) => {
    const time = timeOf(resource, zone);
    return time === undefined || time <= at;
  });
  return { ...chart, resources, encounterId: undefined };
}

/** When a resource came to be known, as far as it says. */
function timeOf(resource: FhirResource, zone: string): number | undefined {
  switch (resource.resourceType) {
    case 'QuestionnaireResponse':
      return instantRange(resource.authored, zone)?.from;
    case 'Encounter':
      return instantRange(resource.period?.start, zone)?.from;
    case 'Observation':
      return instantRange(resource.effectiveDateTime ?? resource.effectivePeriod?.start ?? resource.issued, zone)?.from;
    case 'Condition':
      return instantRange(resource.recordedDate ?? resource.onsetDateTime, zone)?.from;
    default:
      return undefined;
  }
}
