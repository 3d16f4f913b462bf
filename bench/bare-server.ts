/** The yardstick: express parses the same body and answers two fixed cards, and does nothing else. */
import express from 'express';

const card = (summary: string, indicator: string) => ({
  uuid: '0f6f6d3c-4a53-4d0e-9f0b-3f5a0c1f7c11',
  summary,
  indicator,
  detail: 'A fixed paragraph, about as long as the reasons that a card of the service gives to its reader. '.repeat(8),
  source: { label: 'Bare express', url: 'https://example.org/bare' },
});
const answer = { cards: [card('A fixed first card', 'warning'), card('A fixed second card', 'info')] };

const app = express();
app.disable('x-powered-by');
app.use(express.json({ limit: '8mb' }));
app.get('/cds-services', (_request, response) => {
  response.json({ services: [] });
});
app.post('/cds-services/:id', (_request, response) => {
  response.json(answer);
});

const server = app.listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
