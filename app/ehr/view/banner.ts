/** Who this is: name, age by birth date, the level, and what the service knows of the pregnancy and how. */
import { element } from '../../shared/element.ts';
import type { Chart } from '../model/chart.ts';
import { openVisit } from '../model/record.ts';
import { renderMarkdown } from './markdown.ts';
import { levelBadge } from './patient-list.ts';

export function banner({ record, assessment }: Chart): HTMLElement {
  const { birthDate = 'unknown' } = record.patient;
  const visit = openVisit(record) === undefined ? '' : '. A visit is going on';
  return element(
    'div',
    { class: 'banner', 'data-indicator': assessment?.level?.indicator ?? 'none' },
    element('p', {}, levelBadge(assessment), ` Born ${birthDate}${visit}.`),
    assessment ? element('p', {}, assessment.note) : element('p', {}, 'The chart could not be assessed.'),
    !!assessment?.pregnancy && renderMarkdown(assessment.pregnancy),
  );
}
