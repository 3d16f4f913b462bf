/** A FHIR server that answers as a test says, and remembers what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KEYS } from './requests.ts';

type Asked = {
  url: string;
  authorization: string | undefined;
  accept: string | undefined;
  traceparent: string | undefined;
};

/** Answers a request; `path` is relative to the base. */
export type Answering = (response: ServerResponse, path: string, base: string) => void;

export type StubFhir = { base: string; asked: Asked[]; close: () => Promise<void> };

/** A stub as a registered server: it listens on this machine. */
export const registered = (base: string) => ({ base, privateNetwork: true });

/** Starts a stub on a port of its own. */
export async function startStub(answer: Answering): Promise<StubFhir> {
  const asked: Asked[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const { url = '', headers } = request;
    const { authorization, accept, traceparent } = headers;
    asked.push({ url, authorization, accept, traceparent: traceparent?.toString() });
    answer(response, url.replace(/^\/fhir\//, ''), `http://${headers.host}/fhir`);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Sends a resource. */
export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(body));
}

/** Answers from prefetch values, by the type that is asked for. */
export function serving(prefetch: Record<string, unknown>): Answering {
  const keys: Record<string, string> = Object.fromEntries(Object.entries(KEYS).map(([key, type]) => [type, key]));
  return (response, path) => {
    const value = prefetch[keys[typeOf(path)] ?? ''];
    sendJson(response, value ?? { resourceType: 'OperationOutcome' }, value ? 200 : 404);
  };
}

/** The resource type of a relative query. */
export const typeOf = (path: string): string => /^[A-Za-z]+/.exec(path)?.[0] ?? '';
