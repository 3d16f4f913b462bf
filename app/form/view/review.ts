/** What was answered, before it is sent. */
import { element } from '../../shared/element.ts';
import { confidentialIn } from '../model/answers.ts';
import type { Item } from '../model/item.ts';
import { disabledNow, raisedNow, type Session } from '../session.ts';
import { fill } from '../words.ts';
import { banner } from './banner.ts';
import { spelled } from './digits.ts';
import { answerWords } from './print-answer.ts';
import { itemWords } from './spoken.ts';

export type ReviewActions = { change: (step: number, linkId: string) => void; send: () => void; back: () => void };

export function reviewScreen(session: Session, actions: ReviewActions): HTMLElement {
  const { words, steps, answers } = session;
  const disabled = disabledNow(session);
  const hidden = confidentialIn(session.forms);
  const asked = steps.flatMap(({ items }) => items).filter(({ linkId }) => !disabled.has(linkId));
  const missing = asked.filter(({ linkId }) => !answers.has(linkId) && !hidden.has(linkId)).length;
  const raised = banner(raisedNow(session, true), session);
  const send = element('button', { type: 'button' }, words.send);
  send.addEventListener('click', actions.send);
  const back = element('button', { type: 'button', class: 'secondary' }, words.back);
  back.addEventListener('click', actions.back);
  return element(
    'div',
    { class: 'step' },
    element('div', { id: 'alerts' }, raised),
    element('h1', { tabindex: '-1' }, words.review),
    element('p', {}, words.reviewText),
    missing > 0 && element('p', { class: 'notice' }, fill(words.missing, { count: spelled(missing, words) })),
    ...steps.map((step, at) => {
      const rows = step.items.filter(({ linkId }) => !disabled.has(linkId));
      const isFirst = steps[at - 1]?.group !== step.group;
      return element(
        'section',
        {},
        isFirst && element('h2', {}, ...itemWords(step.group, words)),
        element('dl', { class: 'answers' }, ...rows.map((item) => row(item, at, hidden.has(item.linkId)))),
      );
    }),
    element('div', { class: 'pair' }, send, back),
  );

  function row(item: Item, step: number, isHidden: boolean): HTMLElement {
    const values = answers.get(item.linkId);
    const question = item.text ?? '';
    const label = fill(values ? words.changeWhat : words.answerWhat, { question });
    const change = element(
      'button',
      { type: 'button', class: 'link', 'aria-label': label },
      values ? words.change : words.answerThis,
    );
    change.addEventListener('click', () => actions.change(step, item.linkId));
    const said = values
      ? isHidden
        ? [words.privateKept]
        : answerWords(item, values, words, session.lang)
      : [element('em', {}, words.notAnswered)];
    return element(
      'div',
      {},
      element('dt', {}, ...itemWords(item, words)),
      element('dd', {}, ...said),
      element('dd', {}, change),
    );
  }
}
