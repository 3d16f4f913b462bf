/** What the service found in the record, the newest first: value, source and time. */
import { element } from '../../shared/element.ts';
import type { Assessment, Fact } from '../wire/assess.ts';
import { launch, standaloneUrl } from '../wire/launch.ts';
import { launchLink } from './launch-link.ts';
import { printMoment } from './print.ts';

const SHOWN_AT_ONCE = 12;

export function factList(assessment: Assessment | undefined, patientId: string): HTMLElement {
  const form = new URL('../form/', document.baseURI);
  const facts = (assessment?.facts ?? []).filter(({ recorded }) => recorded !== '');
  const ordered = [...facts].sort((a, b) => timeOf(b) - timeOf(a));
  const [first, rest] = [ordered.slice(0, SHOWN_AT_ONCE), ordered.slice(SHOWN_AT_ONCE)];
  return element(
    'div',
    {},
    first.length > 0 ? list(first) : element('p', { class: 'quiet' }, 'Nothing is known.'),
    rest.length > 0 && element('details', {}, element('summary', {}, `${rest.length} more`), list(rest)),
    element(
      'p',
      {},
      launchLink('Fill in the form', { url: standaloneUrl(form), launch: () => launch(form, patientId) }),
    ),
  );
}

const timeOf = ({ at }: Fact): number => Date.parse(at ?? '') || 0;

const list = (facts: Fact[]): HTMLElement =>
  element(
    'dl',
    { class: 'facts' },
    ...facts.map((fact) =>
      element(
        'div',
        { class: 'fact' },
        element('dt', {}, fact.label),
        element('dd', {}, fact.recorded),
        element('dd', { class: 'quiet' }, fact.at === undefined ? '' : printMoment(timeOf(fact))),
      ),
    ),
  );
