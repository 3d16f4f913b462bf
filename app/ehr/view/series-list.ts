import type { FhirResource } from 'fhir/r4';
import { element } from '../../shared/element.ts';
import type { Question } from '../model/questions.ts';
import { seriesIn } from '../model/series.ts';
import { sparkline } from './sparkline.ts';

export function seriesList(resources: FhirResource[], questions: Question[]): HTMLElement {
  const series = seriesIn(resources, questions);
  if (series.length === 0) return element('p', { class: 'quiet' }, 'Nothing was measured.');
  return element('ul', { class: 'series plain' }, ...series.map(sparkline));
}
