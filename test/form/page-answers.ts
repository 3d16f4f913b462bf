/** Answers of a case as the page of the form holds them. */
import { type Answers, withAnswer } from '../../app/form/model/answers.ts';
import { disabledIn } from '../../app/form/model/enable-when.ts';
import { askedOf } from '../../src/form/asked.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import type { Answer } from '../properties/patients.ts';

const YES_NO: Readonly<Record<string, string>> = { yes: 'Y', no: 'N', notSure: 'UNK' };

/** What the person answers herself; a question that another answer closes has none. */
export function pageAnswers(topic: Topic, answers: Readonly<Record<string, Answer>>): Answers {
  const all = askedOf(topic).reduce<Answers>((held, { name, kind }) => {
    const values = [answers[name] ?? []].flat();
    return withAnswer(held, name, kind === 'boolean' ? values.map((value) => YES_NO[value] ?? value) : values);
  }, new Map());
  const closed = topic.questionnaires.flatMap((form) => [...disabledIn(form as never, all)]);
  return closed.reduce<Answers>((held, linkId) => withAnswer(held, linkId, []), all);
}
