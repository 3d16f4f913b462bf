/** Everybody on the server, the most urgent first. */
import { element } from '../../shared/element.ts';
import { nameOf, type PatientRecord } from '../model/record.ts';
import type { Assessment } from '../wire/assess.ts';
import { rankOf } from '../wire/card.ts';
import { printGestation } from './print.ts';

/** `assessment` is undefined when the service could not say. */
export type Listed = PatientRecord & { assessment: Assessment | undefined };

export function patientList(listed: Listed[]): HTMLElement {
  const rank = ({ assessment }: Listed) => (assessment ? rankOf(assessment.level?.indicator) : -1);
  const words = ({ assessment, patient }: Listed) => `${assessment?.level?.title ?? ''} ${nameOf(patient)}`;
  const ordered = [...listed].sort((a, b) => rank(a) - rank(b) || words(a).localeCompare(words(b)));
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
  const gestation = assessment?.gestation && assessment.pregnancy ? printGestation(assessment.gestation) : '';
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
