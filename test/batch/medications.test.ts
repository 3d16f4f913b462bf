/** Medications of an export stand alone; an order that refers to one says what it is of, as in a search that includes it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import { resourcesIn } from '../../src/fhir/bundles.ts';
import type { FhirResource } from '../../src/fhir/types.ts';
import { coreOf } from '../harness/core.ts';
import { requestOf } from '../harness/requests.ts';
import { linesIn, NOW, SEARCHED, start, topic, writeExport } from './command.ts';

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';

const folder = mkdtempSync(join(tmpdir(), 'batch-medications-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** She has a fever, says nothing of her medicines, and takes what thins the blood, by order; three patients. */
const patients = ['a', 'b', 'c'].map((id) => {
  const request = requestOf({
    title: 'fever, and an order in the chart',
    spec: 'C.1 E15 e',
    now: NOW,
    gestation: '16+0',
    form: { base: 'clear', answers: { severity: 3, fever: 'yes', anticoagulant: null } },
    chart: [
      {
        resourceType: 'MedicationRequest',
        id: 'order',
        subject: { reference: 'Patient/case-patient' },
        status: 'active',
        intent: 'order',
        authoredOn: '{{now-10d}}',
        medicationCodeableConcept: { coding: [{ system: RXNORM, code: '11289', display: 'warfarin' }] },
      },
    ],
    expect: {},
  });
  return { id, request: JSON.parse(JSON.stringify(request).replaceAll('case-patient', id)) as typeof request };
});

/** The order refers to a Medication that two of them take, or to one that is not in the export. */
function apart(id: string, resource: FhirResource): FhirResource {
  if (resource.resourceType !== 'MedicationRequest') return resource;
  const { medicationCodeableConcept: _, ...order } = resource;
  return { ...order, medicationReference: { reference: `Medication/${id === 'c' ? 'elsewhere' : 'w'}` } };
}

test('when orders refer to a Medication then it says what they are of; one that is not there says nothing', async () => {
  const input = join(folder, 'export');
  const output = join(folder, 'out.ndjson');
  const code = { coding: [{ system: RXNORM, code: '11289' }] };
  const charts = patients.flatMap(({ id, request }) =>
    Object.values(request.prefetch as Record<string, FhirResource>)
      .flatMap(resourcesIn)
      .map((one) => apart(id, one)),
  );
  writeExport(input, [...charts, { resourceType: 'Medication', id: 'w', code }]);
  const { code: exit, err } = await start('--input', input, '--output', output, ...SEARCHED).ended;
  expect({ exit, err: err.includes('names no patient') }).toEqual({ exit: 0, err: false });
  const lines = new Map(linesIn(output).map(({ patient, cards }) => [patient, cards[0]]));
  const core = coreOf(topic);
  for (const { id, request } of patients.slice(0, 2)) {
    const [card] = await core.cardsOf(request, NOW);
    expect(card?.extension[EXTENSION_NAME]).toMatchObject({ level: 'emergency' });
    expect(lines.get(id)).toMatchObject({ summary: card?.summary, fired: card?.extension[EXTENSION_NAME].fired });
  }
  expect(lines.get('c')?.level).not.toBe('emergency');
}, 60_000);

test('when a Medication could not be read then nobody is taken to have no order of that kind', async () => {
  const input = join(folder, 'broken');
  const said = async (lines: string) => {
    writeExport(
      input,
      patients.flatMap(({ request }) =>
        Object.values(request.prefetch as Record<string, FhirResource>).flatMap(resourcesIn),
      ),
    );
    writeFileSync(join(input, 'Medication.ndjson'), `{"resourceType":"Medication","id":"m"}\n${lines}`);
    return (await start('--input', input, '--output', join(folder, 'broken.ndjson'), ...SEARCHED).ended).err;
  };
  expect(await said('')).not.toContain('taken for unknown');
  expect(await said('{"resourceType":"Medic')).toContain(
    'taken for unknown, not for none: MedicationRequest, MedicationStatement',
  );
}, 60_000);
