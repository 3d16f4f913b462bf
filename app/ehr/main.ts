/** The demonstration of a health record: a list of patients, and the chart of one (`#id`). */
import { element, part } from '../shared/element.ts';
import { openChart } from './chart.ts';
import { readRecords } from './model/record.ts';
import { wireDrawer } from './view/drawer.ts';
import { failure, show } from './view/frame.ts';
import { type Listed, patientList } from './view/patient-list.ts';
import { assessed } from './wire/assess.ts';
import { answered } from './wire/send.ts';

const LIST_TITLE = 'Demonstration of a health record';
/** What is drawn late for a place that was left is not shown. */
let visits = 0;

void start();

async function start(): Promise<void> {
  const url = new URL('../form-api/start', document.baseURI);
  const { demonstration } = await answered<{ demonstration: boolean }>({ purpose: 'What is served', url }).catch(
    () => ({ demonstration: false }),
  );
  if (!demonstration) return show(failure('There is no record here', WHY_NOT), LIST_TITLE);
  const { button, drawer } = wireDrawer();
  part('tools').replaceChildren(button);
  document.body.append(drawer);
  addEventListener('hashchange', () => void go());
  // Back from the form: the chart may have changed.
  addEventListener('pageshow', ({ persisted }) => persisted && void go());
  await go();
}

const WHY_NOT =
  'This page shows synthetic patients of the embedded FHIR server. The service was started without it (DEMONSTRATION=true), or does not answer.';

async function go(): Promise<void> {
  visits += 1;
  const visit = visits;
  const isCurrent = () => visit === visits;
  const id = decodeURIComponent(location.hash.slice(1));
  const isMove = visit > 1;
  show(element('p', { 'aria-busy': 'true' }, 'Reading the record…'), LIST_TITLE);
  try {
    if (/^[A-Za-z0-9.-]{1,64}$/.test(id)) await openChart(id, isCurrent, isMove);
    else await openList(isCurrent, isMove);
  } catch (error) {
    if (isCurrent())
      show(failure('The record could not be read', error instanceof Error ? error.message : ''), LIST_TITLE, true);
  }
}

async function openList(isCurrent: () => boolean, isMove: boolean): Promise<void> {
  const records = await readRecords();
  const listed = await Promise.all(
    records.map(async (record): Promise<Listed> => {
      const { planId, patient, resources, searched } = record;
      const assessment = await assessed(planId, patient.id ?? '', resources, searched).catch(() => undefined);
      return { ...record, assessment };
    }),
  );
  if (isCurrent()) show(patientList(listed), LIST_TITLE, isMove);
}
