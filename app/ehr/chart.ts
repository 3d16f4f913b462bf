/** The chart of one person: what is known, the moments of care, and the cards that they bring. */
import type { ActivityDefinition } from 'fhir/r4';
import { actionsOn } from './card-actions.ts';
import { type Chart, readChart } from './model/chart.ts';
import { readCatalogue } from './model/orders.ts';
import { type Question, readQuestions } from './model/questions.ts';
import { nameOf } from './model/record.ts';
import { type Moment, momentsOf } from './moments.ts';
import { banner } from './view/banner.ts';
import { cardsFailed, cardsOf, cardsWaiting } from './view/cards.ts';
import { type ChartSlots, chartFrame } from './view/chart-frame.ts';
import { factList } from './view/fact-list.ts';
import { keepingPlace, show } from './view/frame.ts';
import { momentPanel } from './view/moment-panel.ts';
import { orderList } from './view/order-list.ts';
import { seriesList } from './view/series-list.ts';
import { takeBackForm } from './view/take-back.ts';
import { writeDownForms } from './view/write-down.ts';
import { callHook } from './wire/call-hook.ts';

/** What of the page does not depend on the person. */
type Shelf = { questions: Question[]; catalogue: ActivityDefinition[] };

let shelf: Promise<Shelf> | undefined;

/** Opens the chart, which is itself the first moment of care. @throws Refusal when the person cannot be read */
export async function openChart(patientId: string, isCurrent: () => boolean, isMove: boolean): Promise<void> {
  shelf ??= readShelf();
  const [{ questions, catalogue }, first] = await Promise.all([shelf, readChart(patientId)]);
  if (!isCurrent()) return;
  let chart = first;
  let calls = 0;
  const slots = chartFrame(nameOf(chart.record.patient));
  show(slots.screen, nameOf(chart.record.patient), isMove);

  /** Reads what was changed, and shows it; the cards stay as they were given. */
  async function renew(): Promise<void> {
    chart = await readChart(patientId);
    if (isCurrent()) keepingPlace(draw);
  }

  const opened = () => fire(momentsOf(chart, renew).open);
  const changed = () => renew().then(opened);

  function draw(): void {
    const moments = momentsOf(chart, renew);
    slots.banner.replaceChildren(banner(chart));
    slots.moments.replaceChildren(momentPanel(moments, catalogue, chart, fire));
    drawRecord(slots, chart, questions);
    slots.takeBack.replaceChildren(takeBackForm(chart.assessment, changed) || '');
  }

  async function fire(moment: Moment): Promise<void> {
    calls += 1;
    const call = calls;
    slots.cards.replaceChildren(cardsWaiting(moment.title));
    const shown = await cardsAt(moment);
    if (call === calls && isCurrent()) slots.cards.replaceChildren(shown);
  }

  async function cardsAt(moment: Moment): Promise<HTMLElement> {
    try {
      const answer = await callHook(moment.hook, await moment.context());
      return cardsOf(answer, moment, (card) => actionsOn(card, answer.serviceUrl, patientId, renew));
    } catch (error) {
      return cardsFailed(moment, error);
    }
  }

  draw();
  slots.writeDown.replaceChildren(writeDownForms(questions, patientId, changed));
  await opened();
}

async function readShelf(): Promise<Shelf> {
  const [questions, catalogue] = await Promise.all([readQuestions(), readCatalogue()]);
  return { questions, catalogue };
}

function drawRecord(slots: ChartSlots, { record, assessment, orders, patientId }: Chart, questions: Question[]): void {
  slots.series.replaceChildren(seriesList(record.resources, questions));
  slots.facts.replaceChildren(factList(assessment, patientId));
  slots.orders.replaceChildren(orderList(orders));
}
