/** A measurement that was wrong is marked as entered in error, as a record does; it is not deleted. */
import type { Observation } from 'fhir/r4';
import { element } from '../../shared/element.ts';
import type { Assessment, Fact } from '../wire/assess.ts';
import { readFhir, updateFhir } from '../wire/fhir-server.ts';
import { foldedForm } from './folded-form.ts';
import { printMoment } from './print.ts';

export function takeBackForm(assessment: Assessment | undefined, changed: () => Promise<void>): HTMLElement | false {
  const measured = (assessment?.facts ?? []).filter(({ reference }) => reference.startsWith('Observation/'));
  if (measured.length === 0) return false;
  const what = element(
    'select',
    { id: 'take-back-what' },
    ...measured.map((fact) => element('option', { value: fact.reference }, words(fact))),
  );
  return foldedForm('take-back', 'Mark as entered in error', ['Measurement', what], async () => {
    const observation = (await readFhir(what.value)) as Observation;
    await updateFhir<Observation>({ ...observation, status: 'entered-in-error' }, 'Mark as entered in error');
    await changed();
  });
}

const words = ({ label, recorded, at }: Fact): string =>
  `${label}: ${recorded}${at === undefined ? '' : `, ${printMoment(Date.parse(at))}`}`;
