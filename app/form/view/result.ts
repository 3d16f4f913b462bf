/** What to do, in the plan's words for patients; never an all-clear when the service could not be asked. */
import { type Child, element } from '../../shared/element.ts';
import type { Told } from '../model/alerts.ts';
import { questionsOf } from '../model/item.ts';
import type { Delivery } from '../outbox.ts';
import type { Result } from '../service.ts';
import { raisedNow, type Session } from '../session.ts';
import { banner } from './banner.ts';
import { callButtons } from './call.ts';
import { told } from './spoken.ts';

export type Outcome = Result | 'working' | 'unreachable';
export type ResultActions = { open: (linkIds: string[]) => void; again: () => void; retryResult: () => void };

export function resultScreen(session: Session, outcome: Outcome, actions: ResultActions): HTMLElement {
  const { words, start } = session;
  const raised = raisedNow(session, true);
  const result = typeof outcome === 'string' ? undefined : outcome;
  const isNow = raised.some(({ kind }) => kind === 'now');
  const indicator = isNow ? 'critical' : result?.indicator;
  const here = new Set(session.forms.flatMap(questionsOf).map(({ linkId }) => linkId));
  const open = (result?.open ?? []).filter((linkId) => here.has(linkId));
  const net = result?.safetyNet ?? start.safetyNet;
  return element(
    'article',
    { class: 'step result', ...(indicator && { 'data-indicator': indicator }) },
    element('h1', { tabindex: '-1' }, heading(outcome, indicator, session)),
    element('div', { id: 'delivery', role: 'status' }),
    ...explanation(outcome, session),
    // What the answers alone say stands, whatever the service could or could not say.
    element('div', { id: 'alerts' }, banner(raised, session)),
    section(words.whatToDo, result?.tell ?? [], session),
    outcome === 'unreachable' && actionButton(words.retry, actions.retryResult),
    open.length > 0 && actionButton(words.stillOpen, () => actions.open(open)),
    section(words.watchFor, net, session),
    element('section', {}, element('h2', {}, words.whoToCall), callButtons(start.contacts, words)),
    element(
      'div',
      { class: 'pair screen-only' },
      actionButton(words.print, () => print()),
      actionButton(words.again, actions.again),
    ),
  );
}

function heading(outcome: Outcome, indicator: Result['indicator'], { words }: Session): string {
  if (indicator === 'critical') return words.resultNow;
  if (outcome === 'working') return words.working;
  if (outcome === 'unreachable') return words.resultUnreachable;
  if (indicator === 'warning') return words.resultSoon;
  return indicator === 'info' ? words.resultLater : words.resultUnknown;
}

function explanation(outcome: Outcome, { words }: Session): HTMLElement[] {
  const notice = (text: string) => element('p', { class: 'notice' }, text);
  if (outcome === 'working') return [];
  if (outcome === 'unreachable') return [notice(words.resultUnreachableText)];
  return [
    ...(outcome.indicator === undefined ? [notice(words.resultUnknownText)] : []),
    ...(outcome.partial ? [notice(words.resultPartial)] : []),
  ];
}

function section(title: string, texts: Told[], { words }: Session): HTMLElement | undefined {
  if (texts.length === 0) return undefined;
  const lines = texts.map((one) => element('p', { class: 'say' }, ...told(one, words)));
  return element('section', {}, element('h2', {}, title), ...lines);
}

function actionButton(text: string, act: () => void): HTMLElement {
  const button = element('button', { type: 'button', class: 'secondary' }, text);
  button.addEventListener('click', act);
  return button;
}

/** Whether the answers have arrived. */
export function deliveryNotice(
  state: Delivery,
  { words, record }: Session,
  isPrivateHeld: boolean,
  sendNow: () => void,
): HTMLElement {
  const isProblem = state !== 'sending' && state !== 'sent';
  const children: Child[] = {
    sending: [words.sending],
    sent: [words.sent],
    waiting: [
      element('strong', {}, words.notSent),
      ' ',
      words.notSentText,
      isPrivateHeld && ` ${words.notSentPrivate}`,
    ],
    refused: [element('strong', {}, words.notSent), ' ', words.refused],
    'signed-out': [
      element('strong', {}, words.notSent),
      ' ',
      words.signedOut,
      isPrivateHeld && ` ${words.notSentPrivate}`,
    ],
  }[state];
  return element(
    'div',
    { class: `delivery ${isProblem ? 'notice' : 'quiet'}`, 'data-delivery': state },
    element('p', {}, ...children),
    isProblem && (state === 'signed-out' ? reopening(record, words) : actionButton(words.sendNow, sendNow)),
  );
}

/** The next launch finds what was answered, and sends it. */
const reopening = ({ reopenUrl = '' }: Session['record'], words: Session['words']): HTMLElement =>
  element('a', { href: reopenUrl, role: 'button' }, words.openAgain);
