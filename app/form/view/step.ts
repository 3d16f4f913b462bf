/** One step: a question or a small group, what is wrong with it, and the way on. */
import { type Child, element } from '../../shared/element.ts';
import { withAnswer } from '../model/answers.ts';
import { type Item, isLasting } from '../model/item.ts';
import { disabledNow, raisedNow, type Session } from '../session.ts';
import { fill } from '../words.ts';
import { banner } from './banner.ts';
import { emergencyLine } from './call.ts';
import { spelled } from './digits.ts';
import { errorSummary, markError } from './errors.ts';
import type { Field } from './field.ts';
import { fieldFor } from './field-for.ts';
import { recordSays } from './prefilled.ts';
import { itemWords, spoken } from './spoken.ts';

/** What stands on the page; `refresh` shows alerts that came late and leaves the rest alone. */
export type Screen = { element: HTMLElement; refresh: () => void };
export type StepActions = { changed: (linkId: string) => void; next: () => void; back: () => void };

/** Fields are made once; they are shown, hidden and read while the step is on the screen. */
export function stepScreen(session: Session, actions: StepActions): Screen {
  const { steps, step: at, words } = session;
  const step = steps[at];
  if (!step) throw new Error('there is no such step');
  const alerts = element('div', { id: 'alerts' });
  const problems = element('div', { id: 'problems' });
  const noAlerts = element('p', { class: 'notice' }, words.noAlerts);
  const slots = step.items.map((item) => slotFor(item, session, changed));
  const form = element(
    'form',
    { novalidate: true, autocomplete: 'off' },
    ...slots.map(({ holder }) => holder),
    element(
      'div',
      { class: 'pair' },
      element('button', { type: 'submit' }, words.next),
      at > 0 && backButton(words.back, actions.back),
    ),
  );

  function show(): void {
    const disabled = disabledNow(session);
    for (const { item, holder } of slots) holder.hidden = disabled.has(item.linkId);
    noAlerts.hidden = session.alerts !== undefined;
    const raised = banner(raisedNow(session, false), session);
    // The same banner is not said again; a new one is brought into view wherever she is on the page.
    if ((raised?.outerHTML ?? '') === alerts.innerHTML) return;
    alerts.replaceChildren(...(raised ? [raised] : []));
    raised?.scrollIntoView();
  }

  function changed(field: Field): void {
    const entry = field.read();
    if (!('values' in entry)) return;
    const { linkId } = field.item;
    session.answers = withAnswer(session.answers, linkId, entry.values);
    show();
    actions.changed(linkId);
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const shown = slots.filter(({ holder }) => !holder.hidden).flatMap(({ field }) => field() ?? []);
    for (const field of shown) changed(field);
    const faults = shown.flatMap((field) => faultOf(field, session));
    for (const field of shown) markError(field, faults.find((one) => one.field === field)?.error, words);
    problems.replaceChildren(...(faults.length > 0 ? [errorSummary(faults, words)] : []));
    if (faults.length === 0) actions.next();
    else problems.querySelector<HTMLElement>('[tabindex]')?.focus();
  });
  show();
  const screen = element(
    'div',
    { class: 'step' },
    element('progress', { value: String(at + 1), max: String(steps.length + 1), 'aria-label': partOf(session) }),
    element('p', { class: 'quiet', 'aria-hidden': 'true' }, partOf(session)),
    alerts,
    problems,
    element('h1', { tabindex: '-1' }, ...itemWords(step.group, words)),
    noAlerts,
    step.isPrivate && privateNote(session),
    form,
  );
  return { element: screen, refresh: show };
}

const partOf = ({ words, step, steps }: Session): string =>
  fill(words.part, { step: spelled(step + 1, words), steps: spelled(steps.length + 1, words) });

function privateNote({ words, start }: Session): HTMLElement {
  return element(
    'aside',
    { class: 'notice private' },
    element('h2', {}, words.privateTitle),
    element('p', {}, words.privateText),
    element(
      'p',
      {},
      ...emergencyLine(start.contacts, {
        ...words,
        emergency: words.privateDanger,
        emergencyWithout: words.privateDanger.replace('{number}', words.localNumber),
      }),
    ),
  );
}

function backButton(text: string, back: () => void): HTMLElement {
  const button = element('button', { type: 'button', class: 'secondary' }, text);
  button.addEventListener('click', back);
  return button;
}

function faultOf(field: Field, { words, answers }: Session): { field: Field; error: Child[] }[] {
  const entry = field.read();
  if ('error' in entry) return [{ field, error: [entry.error] }];
  const isMissing = field.item.required && !answers.has(field.item.linkId);
  return isMissing
    ? [{ field, error: spoken(fill(words.errorAnswer, { question: field.item.text ?? '' }), undefined, words) }]
    : [];
}

type Slot = { item: Item; holder: HTMLElement; field: () => Field | undefined };

/** A field, or what the record says in its place until she confirms or changes it. */
function slotFor(item: Item, session: Session, changed: (field: Field) => void): Slot {
  const { words, lang, prefilled, declined, answers } = session;
  const holder = element('div', { class: 'slot' });
  let field: Field | undefined;
  const ask = (values = session.answers.get(item.linkId) ?? []): Field => {
    const made = fieldFor({ item, values, words });
    made.element.addEventListener('change', () => changed(made));
    holder.replaceChildren(made.element);
    field = made;
    return made;
  };
  const said = prefilled.get(item.linkId);
  if (said && isLasting(item) && !answers.has(item.linkId) && !declined.has(item.linkId)) {
    const question = element('p', { class: 'question' }, ...itemWords(item, words));
    const change = () => {
      declined.add(item.linkId);
      document.getElementById(ask().focus)?.focus();
    };
    const confirm = (values: Parameters<typeof withAnswer>[2]) => {
      const made = ask(values);
      changed(made);
      document.getElementById(made.focus)?.focus();
    };
    holder.replaceChildren(
      question,
      recordSays({ item, answers: said, words, lang, confirm: (v) => confirm(v), change }),
    );
  } else ask();
  return { item, holder, field: () => field };
}
