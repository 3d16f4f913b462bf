/** A new measurement, or a new answer: the chart is opened again, so that the cards can change. */
import { element } from '../../shared/element.ts';
import { isAnswered, isMeasured, type Question } from '../model/questions.ts';
import { answerTo, measurement } from '../model/statements.ts';
import { createFhir } from '../wire/fhir-server.ts';
import { foldedForm } from './folded-form.ts';

export function writeDownForms(questions: Question[], patientId: string, written: () => Promise<void>): HTMLElement {
  return element(
    'div',
    { class: 'write-down' },
    measureForm(questions.filter(isMeasured), patientId, written),
    answerForm(questions.filter(isAnswered), patientId, written),
  );
}

function measureForm(questions: Question[], patientId: string, written: () => Promise<void>): HTMLElement {
  const what = select('measure-what', questions);
  const value = element('input', { id: 'measure-value', type: 'number', step: 'any', required: true });
  return foldedForm('measure', 'Add a measurement', ['Measured', what, 'Value', value], async () => {
    const question = questions[Number(what.value)];
    if (!question) return;
    await createFhir(measurement(question, value.valueAsNumber, patientId), 'Write down a measurement');
    await written();
  });
}

function answerForm(questions: Question[], patientId: string, written: () => Promise<void>): HTMLElement {
  const what = select('answer-what', questions);
  const slot = element('select', { id: 'answer-value' });
  const offer = () => slot.replaceChildren(...optionsOf(questions[Number(what.value)]));
  what.addEventListener('change', offer);
  offer();
  return foldedForm('answer', 'Add an answer', ['Question', what, 'Answer', slot], async () => {
    const question = questions[Number(what.value)];
    if (!question) return;
    await createFhir(answerTo(question, slot.value, patientId), 'Write down an answer');
    await written();
  });
}

const HIGHEST = 10;

function optionsOf(question: Question | undefined): HTMLElement[] {
  const options = question?.item.answerOption?.flatMap(({ valueCoding }) => valueCoding ?? []);
  if (options) return options.map(({ code = '', display }) => element('option', { value: code }, display ?? code));
  return Array.from({ length: HIGHEST + 1 }, (_, at) => element('option', { value: String(at) }, String(at)));
}

function select(id: string, questions: Question[]): HTMLSelectElement {
  const words = ({ label, unit }: Question) => (unit ? `${label} (${unit.display})` : label);
  return element(
    'select',
    { id },
    ...questions.map((question, at) => element('option', { value: String(at) }, words(question))),
  );
}
