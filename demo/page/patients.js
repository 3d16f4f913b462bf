import { readFhir } from './hook-call.js';

/** @typedef {{ id: string, name: string, born: string, gestation: string, encounterId?: string }} ChartSummary */

const DUE_BY_SCAN = '11778-8';
const DUE_BY_PERIOD = '11779-6';
const OPEN_ENCOUNTER = 'arrived,triaged,in-progress,onleave';
const DAY_MS = 86_400_000;

/** @returns {Promise<ChartSummary[]>} the patients of the FHIR server, by family name */
export async function listPatients() {
  const [patients, dueDates, encounters] = await Promise.all([
    readAll('Patient?_sort=family'),
    readAll(`Observation?code=${DUE_BY_SCAN},${DUE_BY_PERIOD}`),
    readAll(`Encounter?status=${OPEN_ENCOUNTER}`),
  ]);
  return patients.map((patient) => {
    const own = (/** @type {any} */ { subject }) => subject?.reference === `Patient/${patient.id}`;
    const encounterId = encounters.find(own)?.id;
    return {
      id: patient.id,
      name: nameOf(patient),
      born: patient.birthDate ?? 'unknown',
      gestation: describeGestation(dueDates.filter(own)),
      ...(encounterId && { encounterId }),
    };
  });
}

/**
 * @param {string} query
 * @returns {Promise<any[]>}
 */
async function readAll(query) {
  const bundle = await readFhir(query);
  return (bundle.entry ?? []).map((/** @type {any} */ { resource }) => resource);
}

/** @param {any} patient */
function nameOf({ id, name: [name] = [] }) {
  const parts = [...(name?.given ?? []), name?.family].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : id;
}

/**
 * Only a label for the list; the service works gestation out for itself, from more sources.
 *
 * @param {any[]} dueDates
 */
function describeGestation(dueDates) {
  const scan = dueDates.find((observation) => isCoded(observation, DUE_BY_SCAN));
  const due = scan ?? dueDates.find((observation) => isCoded(observation, DUE_BY_PERIOD));
  if (due?.valueDateTime === undefined) return 'no due date recorded';
  const today = Date.parse(new Date().toISOString().slice(0, 10));
  const days = 280 - Math.round((Date.parse(due.valueDateTime.slice(0, 10)) - today) / DAY_MS);
  return `${Math.floor(days / 7)} weeks + ${days % 7} days by ${scan ? 'scan' : 'last period'}`;
}

/**
 * @param {any} observation
 * @param {string} code
 */
function isCoded(observation, code) {
  return observation.code.coding?.some((/** @type {any} */ coding) => coding.code === code);
}
