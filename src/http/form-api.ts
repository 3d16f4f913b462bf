/**
 * What the form's page asks, from its own origin and without a token (ADR 0021): our Questionnaires, operations on them
 * that keep nothing, the alerts, the words at the end. No other origin may read an answer.
 */
import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { patientOf } from '../fhir/patient-of.ts';
import type { Bundle, Questionnaire } from '../fhir/types.ts';
import type { FormSide } from '../form/form-side.ts';
import { slim } from '../form/slim.ts';
import type { FhirApi } from '../operations/fhir-api.ts';
import { usedData } from './audit.ts';
import { sameOrigin } from './same-origin.ts';

/** What the site says for patients, and where the page may be launched from. */
export type FormSettings = {
  demonstration: boolean;
  contacts: { emergencyNumber?: string | undefined; lines: { name: string; phone: string }[] };
  apps: { iss: string; clientId: string; scope?: string | undefined }[];
};

export type FormApiParts = { form: FormSide; fhir: FhirApi; settings: FormSettings; guards: RequestHandler[] };

/** Routes. `guards` read and admit a body. */
export function formApi({ form, fhir, settings, guards }: FormApiParts): Router {
  const router = Router();
  router.use(sameOrigin);
  router.get('/start', ({ query }, response) => {
    response.json({ ...form.start(textOf(query.questionnaire), textOf(query.lang)), ...settings });
  });
  router.get('/Questionnaire', ({ query }, response) => {
    const [url, lang] = [textOf(query.url), textOf(query.lang)];
    const wanted = new URLSearchParams({ ...(url !== undefined && { url }), ...(lang !== undefined && { lang }) });
    response.json(slimmed(fhir.search('Questionnaire', { query: wanted, base: '' }) as Bundle));
  });
  // Not at the alerts: they are asked at every answer of a form of which the others tell.
  const audited = (service: string) => (request: Request, response: Response, next: NextFunction) => {
    const patientId = patientOf(request.body);
    if (patientId !== undefined) usedData(response, { patientId, service });
    next();
  };
  router.post(
    '/Questionnaire/\\$populate',
    guards,
    audited('Questionnaire/$populate'),
    (request: Request, response: Response) => {
      response.json(fhir.operate({ type: 'Questionnaire', code: 'populate' }, request.body));
    },
  );
  router.post(
    '/QuestionnaireResponse/\\$extract',
    guards,
    audited('QuestionnaireResponse/$extract'),
    (request: Request, response: Response) => {
      response.json(fhir.operate({ type: 'QuestionnaireResponse', code: 'extract' }, request.body));
    },
  );
  router.post('/alerts', guards, ({ body, query }: Request, response: Response) => {
    response.json(form.alerts(body, textOf(query.lang)));
  });
  router.post('/result', guards, audited('form/result'), ({ body, query }: Request, response: Response) => {
    response.json(form.result(body, textOf(query.lang)));
  });
  return router;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function slimmed(bundle: Bundle): Bundle {
  const entry = bundle.entry?.map((one) => ({ ...one, resource: slim(one.resource as Questionnaire) }));
  return { ...bundle, ...(entry && { entry }) };
}
