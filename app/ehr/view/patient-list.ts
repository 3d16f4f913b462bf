/** Everybody on the server, the most urgent first. */
import { element } from '../../shared/element.ts';
import { nameOf, type PatientRecord } from '../model/record.ts';
import type { Assessment } from '../wire/assess.ts';

/** `assessment` is undefined when the service could not say. */
export type Listed = PatientRecord & { assessment: Assessment | undefined };

export function patientList(listed: Listed[]): HTMLElement {
  // Who could not be assessed comes first, who is outside comes last.
  const rank = ({ assessment }: Listed) => (assessment ? (assessment.level?.rank ?? Infinity) : 0);
  const byName = (a: Listed, b: Listed) => nameOf(a.patient).localeCompare(nameOf(b.patient));
  const ordered = [...listed].sort((a, b) => (rank(a) === rank(b) ? byName(a, b) : rank(a) - rank(b)));
  return element(
    'section',
    { 'aria-labelledby': 'list-title' },
    element('h1', { id: 'list-title', tabindex: '-1' }, `Patients (${listed.length})`),
    element(
      'p',
      { class: 'quiet' },
      'Synthetic. The level is what the service finds in the chart at this moment; no card is issued for it.',
    ),
    element('ul', { class: 'patients plain' }, ...ordered.map(row)),
  );
}

function row({ patient, assessment }: Listed): HTMLElement {
  const { id = '', birthDate = 'unknown' } = patient;
  const gestation = assessment?.gestation ? `${assessment.gestation} weeks` : '';
  return element(
    'li',
    { 'data-indicator': assessment?.level?.indicator ?? 'none' },
    element(
      'a',
      { href: `#${id}`, class: 'patient' },
      element('span', { class: 'name' }, nameOf(patient)),
      element('span', { class: 'quiet' }, [`born ${birthDate}`, gestation].filter(Boolean).join(', ')),
      levelBadge(assessment),
    ),
  );
}

/** Silence is never worded as "all clear". */
export function levelBadge(assessment: Assessment | undefined): HTMLElement {
  if (!assessment) return element('span', { class: 'badge' }, 'Could not be assessed');
  const { level } = assessment;
  return level
    ? element('span', { class: 'badge', 'data-indicator': level.indicator }, level.title)
    : element('span', { class: 'badge' }, 'No level');
}
