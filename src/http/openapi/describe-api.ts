/** `/openapi.json`: the routes as OpenAPI 3.1, their schemas taken from those that requests are parsed by. */
import { z } from 'zod';
import { feedbackRequest } from '../../cds-hooks/feedback.ts';
import { hookRequest } from '../../cds-hooks/hook-request.ts';
import type { Service } from '../../cds-hooks/service.ts';
import type { Config } from '../../config.ts';
import { adminPaths } from './admin-paths.ts';
import {
  cardsAnswer,
  countsAnswer,
  discoveryAnswer,
  livezAnswer,
  outcomeAnswer,
  readyzAnswer,
  storedAnswer,
} from './answers.ts';

type Schemas = Record<string, z.ZodType>;

/** Named schemas; a body refers to one of them by its name. */
const SCHEMAS = {
  HookRequest: hookRequest,
  Feedback: feedbackRequest,
  CdsResponse: cardsAnswer,
  FeedbackStored: storedAnswer,
  Discovery: discoveryAnswer,
  OperationOutcome: outcomeAnswer,
  Alive: livezAnswer,
  Ready: readyzAnswer,
  FeedbackCounts: countsAnswer,
} satisfies Schemas;

type SchemaName = keyof typeof SCHEMAS | 'OpenApi';

/** Refusals that every endpoint of the service API knows, and those of endpoints that take a body. */
const REFUSALS = {
  401: 'The client is not authenticated',
  429: 'This client calls too often',
  503: 'Busy: call again',
};
const BODY_REFUSALS = {
  400: 'The request is not a CDS Hooks request',
  404: 'There is no such service',
  408: 'The request came too slowly',
  412: 'The data could not be had',
  413: 'The body is too large',
  415: 'The body is not application/json in UTF-8',
};

const content = (name: SchemaName) => ({
  'application/json': { schema: name === 'OpenApi' ? { type: 'object' } : { $ref: `#/components/schemas/${name}` } },
});

const answers = (description: string, name: SchemaName, refusals: Record<number, string> = {}) => ({
  200: { description, content: content(name) },
  ...Object.fromEntries(
    Object.entries(refusals).map(([status, text]) => [
      status,
      { description: text, content: content('OperationOutcome') },
    ]),
  ),
});

/** The description. @param services what discovery publishes */
export function describeApi(services: Service[], { publicBaseUrl, clientTrust }: Config): object {
  const security = clientTrust === 'jwt' ? [{ client: [] }] : [];
  const id = { name: 'id', in: 'path', required: true, schema: { enum: [...new Set(services.map((one) => one.id))] } };
  return {
    openapi: '3.1.0',
    info: {
      title: 'CDS Hooks service',
      version: '2.0.1',
      description:
        'CDS Hooks 2.0.1. Advisory only. An empty list of cards means that the pathway does not apply. The FHIR side describes itself at /fhir-api/metadata.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicBaseUrl ?? '/' }],
    paths: {
      '/cds-services': {
        get: {
          operationId: 'discover',
          summary: 'Discovery',
          security,
          responses: answers('The services', 'Discovery', REFUSALS),
        },
      },
      '/cds-services/{id}': {
        parameters: [id],
        post: {
          operationId: 'call',
          summary: 'One hook call',
          security,
          requestBody: { required: true, content: content('HookRequest') },
          responses: answers('Cards', 'CdsResponse', { ...BODY_REFUSALS, ...REFUSALS }),
        },
      },
      '/cds-services/{id}/feedback': {
        parameters: [id],
        post: {
          operationId: 'feedback',
          summary: 'What became of cards',
          security,
          requestBody: { required: true, content: content('Feedback') },
          responses: answers('The entries are kept', 'FeedbackStored', {
            ...BODY_REFUSALS,
            404: 'There is no such service, or it issued no such card; the other entries are kept',
            ...REFUSALS,
          }),
        },
      },
      ...adminPaths((refusals) => answers('The counts', 'FeedbackCounts', refusals)),
      '/readyz': {
        get: {
          operationId: 'readyz',
          summary: 'Whether calls should be sent',
          security: [],
          responses: {
            ...answers('They should', 'Ready'),
            503: { description: 'It stops, or is still checking itself', content: content('Ready') },
          },
        },
      },
      '/livez': {
        get: {
          operationId: 'livez',
          summary: 'Whether the process lives',
          security: [],
          responses: answers('It does', 'Alive'),
        },
      },
      '/openapi.json': {
        get: {
          operationId: 'openapi',
          summary: 'This description',
          security: [],
          responses: answers('OpenAPI 3.1', 'OpenApi'),
        },
      },
    },
    components: {
      schemas: Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, jsonSchemaOf(schema)])),
      securitySchemes: {
        admin: { type: 'http', scheme: 'bearer', description: 'ADMIN_TOKEN; without it there is nothing here' },
        client: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'CDS Hooks JWT, ES384 or RS384: iss, aud (the URL of this endpoint), exp, iat, jti; used once',
        },
      },
    },
  };
}

function jsonSchemaOf(schema: z.ZodType): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}
