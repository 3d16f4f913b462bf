import { renderCards } from './cards.js';
import { element, folded, json } from './element.js';
import { callHook } from './hook-call.js';
import { listPatients } from './patients.js';

/** @typedef {import('./patients.js').ChartSummary} ChartSummary @typedef {import('./hook-call.js').Exchange} Exchange */

const CLINICIAN = 'Practitioner/demo';

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const chosenHook = () => document.querySelector('input[name="hook"]:checked')?.getAttribute('value') ?? 'patient-view';

/** Counts the choices, so that a late answer to an earlier one is not shown under another patient. */
let choices = 0;
/** @type {ChartSummary | undefined} */
let chosen;

showPatients().catch((/** @type {Error} */ error) => say(`The patients could not be read. ${error.message}`));
part('hooks').addEventListener('change', () => chosen && show(chosen));

async function showPatients() {
  const patients = await listPatients();
  part('patients').replaceChildren(...patients.map(renderPatient));
  part('patients').removeAttribute('aria-busy');
  const linked = patients.find(({ id }) => `#${id}` === location.hash);
  if (linked !== undefined) choose(linked);
}

/** @param {ChartSummary} patient */
function renderPatient(patient) {
  const visit = patient.encounterId === undefined ? '' : ', visit in progress';
  const button = element(
    'button',
    { type: 'button', 'data-patient': patient.id },
    element('span', { class: 'name' }, patient.name),
    element('span', { class: 'hint' }, `${patient.gestation}${visit}. Case: ${patient.id.replaceAll('-', ' ')}`),
  );
  button.addEventListener('click', () => {
    choose(patient);
    // On a narrow screen the cards stand below the list, out of sight.
    if (matchMedia('(max-width: 48rem)').matches) part('result-title').scrollIntoView();
  });
  return element('li', {}, button);
}

/** @param {ChartSummary} patient */
function choose(patient) {
  chosen = patient;
  history.replaceState(null, '', `#${patient.id}`);
  for (const button of document.querySelectorAll('[data-patient]')) {
    button.setAttribute('aria-current', String(button.getAttribute('data-patient') === patient.id));
  }
  part('hooks').hidden = patient.encounterId === undefined;
  /** @type {HTMLInputElement} */ (document.querySelector('input[value="patient-view"]')).checked = true;
  part('result-title').textContent = `Cards for ${patient.name}, born ${patient.born}`;
  show(patient);
}

/** @param {ChartSummary} patient */
async function show({ id, encounterId }) {
  const choice = ++choices;
  part('cards').replaceChildren();
  part('exchange').replaceChildren();
  say('Calling the service…');
  try {
    const exchange = await callHook(chosenHook(), {
      userId: CLINICIAN,
      patientId: id,
      ...(encounterId !== undefined && { encounterId }),
    });
    if (choice === choices) showExchange(exchange);
  } catch (error) {
    if (choice === choices)
      say(`The service could not be asked. This is not an all clear. ${error instanceof Error ? error.message : ''}`);
  }
}

/** @param {Exchange} exchange */
function showExchange(exchange) {
  const { url, request, status, response, unread, prefetchMs, serviceMs } = exchange;
  const cards = status === 200 ? (response.cards ?? []) : undefined;
  if (cards !== undefined) part('cards').replaceChildren(...renderCards(cards));
  const outcome =
    cards === undefined
      ? `The service answered ${status}: no advice could be given. This is not an all clear.`
      : `${cards.length} ${cards.length === 1 ? 'card' : 'cards'}.`;
  const missing = unread.length === 0 ? '' : ` Could not be read: ${unread.join(', ')}.`;
  say(`${outcome}${missing}`);
  part('exchange').replaceChildren(
    element(
      'section',
      { class: 'exchange', 'aria-labelledby': 'exchange-title' },
      element('h3', { id: 'exchange-title' }, 'What was sent and answered'),
      element('p', {}, `Service: ${Math.round(serviceMs)} ms. Reading the chart: ${Math.round(prefetchMs)} ms.`),
      folded('Exact request', element('p', {}, `POST ${url}`), json('Request', request)),
      folded('Exact response', element('p', {}, `Status ${status}`), json('Response', response)),
    ),
  );
}

/** @param {string} text */
function say(text) {
  part('status').textContent = text;
}
