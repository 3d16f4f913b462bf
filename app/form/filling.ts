/** The form while it is filled: from step to step, to the review, and to what to do. */
import { inLanguage, readRecord, renewAlerts } from './begin.ts';
import { withAnswer } from './model/answers.ts';
import { stepsOf } from './model/steps.ts';
import { type Delivery, deliver, type Outbox } from './outbox.ts';
import { resultFor } from './service.ts';
import { holdsConfidential, keep, knownSoFar, responsesToSend, type Session } from './session.ts';
import { drawFrame, showScreen } from './view/frame.ts';
import { deliveryNotice, type Outcome, resultScreen } from './view/result.ts';
import { reviewScreen } from './view/review.ts';
import { stepScreen } from './view/step.ts';
import { wordsOf } from './words.ts';

/** Shows where she left off and takes it from there. */
export function fill(session: Session): void {
  let outcome: Outcome = 'working';
  let delivery: Delivery = 'sending';
  let outbox: Outbox | undefined;
  /** Questions that decide for whom the rules are were answered since the alerts were made. */
  let isStale = false;

  const isSent = () => session.sending !== undefined;

  function frame(): void {
    drawFrame(session.lang, session.words, session.start.contacts, {
      choose: (lang) => void changeLanguage(lang),
      forget: isSent() ? undefined : forget,
    });
  }

  let refreshAlerts: (() => void) | undefined;

  function draw(focus = true): void {
    const title = session.forms[0]?.title ?? session.words.title;
    const { element, refresh } = screen();
    refreshAlerts = refresh;
    showScreen(element, title, focus);
    showDelivery();
  }

  function screen(): { element: HTMLElement; refresh?: () => void } {
    if (isSent()) {
      return {
        element: resultScreen(session, outcome, { open: answerOpen, again, retryResult: () => void workOut() }),
      };
    }
    if (session.step >= session.steps.length) return { element: reviewScreen(session, { change, send, back }) };
    return stepScreen(session, { changed, next: () => go(session.step + 1), back });
  }

  function go(step: number): void {
    session.step = step;
    history.pushState({ step }, '');
    keep(session);
    if (isStale) void refresh();
    draw();
  }

  function back(): void {
    if (session.step === 0) return;
    session.step -= 1;
    history.pushState({ step: session.step }, '');
    draw();
  }

  function changed(linkId: string): void {
    isStale ||= session.alerts?.renewOn.includes(linkId) ?? true;
    keep(session);
  }

  async function refresh(): Promise<void> {
    isStale = false;
    await renewAlerts(session);
    refreshAlerts?.();
  }

  function change(step: number, linkId: string): void {
    go(step);
    const ids = ['', '-0', '-day'].map((end) => `#q-${linkId}${end}`);
    document.querySelector<HTMLElement>(ids.join())?.focus();
  }

  function send(): void {
    session.sending = { identifier: crypto.randomUUID(), authored: new Date().toISOString() };
    keep(session);
    history.replaceState({ step: session.step, sent: true }, '');
    handOver();
  }

  /** Also after a reload: what was sent and has not arrived is sent again, under the same identifier. */
  function handOver(): void {
    const { sending } = session;
    if (!sending) return;
    frame();
    outbox = deliver(session.record, responsesToSend(session, sending), (state) => {
      delivery = state;
      if (state === 'sent') session.drafts.wipe();
      showDelivery();
    });
    draw();
    void ready.then(workOut);
  }

  async function workOut(): Promise<void> {
    outcome = 'working';
    const known = knownSoFar(session, session.sending?.authored);
    outcome = await resultFor(known, session.lang).catch((): Outcome => 'unreachable');
    draw();
  }

  function showDelivery(): void {
    if (!isSent()) return;
    const notice = deliveryNotice(delivery, session, holdsConfidential(session), () => outbox?.tryNow());
    document.querySelector('#delivery')?.replaceChildren(notice);
  }

  async function changeLanguage(lang: string): Promise<void> {
    session.lang = lang;
    session.words = wordsOf(lang);
    const linkIds = new Set(session.steps.flatMap(({ items }) => items).map(({ linkId }) => linkId));
    session.forms = await inLanguage(session.authored, lang).catch(() => session.forms);
    session.steps = stepsOf(session.forms, linkIds);
    remember(lang);
    frame();
    draw(false);
    if (isSent()) return workOut();
    await renewAlerts(session);
    refreshAlerts?.();
  }

  function forget(): void {
    session.drafts.wipe();
    session.answers = new Map();
    session.step = 0;
    draw();
  }

  /** Nothing is lost: what has not arrived is sent before anything is asked anew. */
  function again(): void {
    location.reload();
  }

  /** What is missing is asked; the answers before stand. */
  function answerOpen(linkIds: string[]): void {
    session.sending = undefined;
    session.answers = linkIds.reduce((answers, linkId) => withAnswer(answers, linkId, []), session.answers);
    session.steps = stepsOf(session.forms, new Set(linkIds));
    frame();
    go(0);
  }

  addEventListener('popstate', ({ state }) => {
    if (isSent() || typeof state?.step !== 'number') return;
    session.step = Math.min(state.step, session.steps.length);
    draw();
  });

  history.replaceState({ step: session.step }, '');
  frame();
  const ready = readRecord(session, () => refreshAlerts?.());
  if (isSent()) handOver();
  else draw();
}

/** The language stays over a launch and a reload. */
export function remember(lang: string): void {
  const address = new URL(location.href);
  address.searchParams.set('lang', lang);
  history.replaceState(history.state, '', address);
  sessionStorage.setItem('lang', lang);
}
