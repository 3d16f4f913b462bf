/** `/admin` and `/metrics` in the API description: what the site's token opens. */

const parameter = (name: string, description: string, schema: object) => ({ name, in: 'query', description, schema });

/** @param answers makes the answers, with these refusals */
export const adminPaths = (answers: (refusals: Record<number, string>) => object) => ({
  '/metrics': {
    get: {
      operationId: 'metrics',
      summary: 'What is counted, for Prometheus (docs/operations.md "Metrics")',
      security: [{ admin: [] }],
      responses: {
        ...answers({ 401: 'The token is not this one', 404: 'ADMIN_TOKEN is not set', 429: 'Too many calls' }),
        200: {
          description: 'Text of Prometheus, version 0.0.4',
          content: { 'text/plain': { schema: { type: 'string' } } },
        },
      },
    },
  },
  '/admin/audit': {
    get: {
      operationId: 'readAudit',
      summary: 'FHIR AuditEvents of calls that used a patient’s data, oldest first',
      security: [{ admin: [] }],
      parameters: [
        parameter('from', 'First day, UTC', { type: 'string', format: 'date' }),
        parameter('to', 'Last day, UTC', { type: 'string', format: 'date' }),
      ],
      responses: {
        ...answers({
          400: 'This is no period to be looked at',
          401: 'The token is not this one',
          404: 'ADMIN_TOKEN is not set, or no audit is kept',
          429: 'Too many calls',
          503: 'The database is lost',
        }),
        200: {
          description: 'One AuditEvent (R4) a line; a connection that breaks off means that there are more',
          content: { 'application/fhir+ndjson': { schema: { type: 'string' } } },
        },
      },
    },
  },
  '/admin/feedback': {
    get: {
      operationId: 'countFeedback',
      summary: 'What became of cards, by rule, hook and month; CSV by `Accept` or `format`',
      security: [{ admin: [] }],
      parameters: [
        parameter('from', 'First day, UTC', { type: 'string', format: 'date' }),
        parameter('to', 'Last day, UTC', { type: 'string', format: 'date' }),
        parameter('plan', 'Id of a plan, or `id|version`', { type: 'string' }),
        parameter('format', 'Instead of `Accept`', { enum: ['json', 'csv'] }),
      ],
      responses: answers({
        400: 'This is no period to be counted',
        401: 'The token is not this one',
        404: 'ADMIN_TOKEN is not set',
        429: 'Too many calls',
        503: 'The database is lost',
      }),
    },
  },
});
