import { join } from 'node:path';
import type { Patient } from '@medplum/fhirtypes';
import type { IRouter, RequestHandler, Router } from 'express';
import { makeEhrKey, serveEhrKey } from './ehr-key.ts';
import { createDemonstrationFhirServer } from './fhir-server.ts';
import { loadPatients } from './load-patients.ts';
import type { RegisteredApp } from './smart/authorize.ts';
import { serveSmart } from './smart/server.ts';

/** Answers and vital signs lose their force with age, so a long-running demonstration begins anew. */
const FRESH_FOR_MS = 6 * 3_600_000;

/** Where the demonstration finds its files and its clock. */
export interface DemonstrationOptions {
  /** The folder that holds `demo/`; the compiled code lies elsewhere. */
  readonly packageRoot: string;
  readonly now: () => Date;
  /** The form, as the authorization server knows it. */
  readonly app: RegisteredApp;
  /** Origin by which clients know the service, when it is not the one they call. */
  readonly origin?: string | undefined;
}

/**
 * Adds the demonstration to the service: synthetic patients on a FHIR server in memory at `/fhir`, the same behind an
 * authorization server at `/smart` (SMART App Launch), and the key of the page at `/ehr/` that shows what a clinician
 * would see. Every six hours the patients are made new and what was added to them is gone.
 *
 * Mount it before the service's own "not found" handler.
 */
export async function mountDemonstration(app: IRouter, options: DemonstrationOptions): Promise<void> {
  const { packageRoot, now } = options;
  let startedAt = now();
  let server = startServer(packageRoot, startedAt);
  await server;

  const fhir: RequestHandler = async (req, res, next) => {
    const moment = now();
    if (moment.getTime() - startedAt.getTime() > FRESH_FOR_MS) {
      startedAt = moment;
      server = startServer(packageRoot, moment);
    }
    const handle = await server;
    handle(req, res, next);
  };
  app.use('/fhir', fhir);
  app.use('/smart', serveSmart({ ...options, fhir, people: () => peopleIn(packageRoot, now()) }));
  app.use('/ehr-key', serveEhrKey(await makeEhrKey()));
}

async function startServer(packageRoot: string, now: Date): Promise<Router> {
  const resources = await loadPatients(join(packageRoot, 'demo/patients'), now);
  return createDemonstrationFhirServer({ resources, now });
}

async function peopleIn(packageRoot: string, now: Date) {
  const resources = await loadPatients(join(packageRoot, 'demo/patients'), now);
  const patients = resources.filter((one): one is Patient => one.resourceType === 'Patient');
  return patients.map(({ id = '', name = [] }) => ({
    id,
    name: [...(name[0]?.given ?? []), name[0]?.family].join(' '),
  }));
}
