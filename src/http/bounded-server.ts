/** An HTTP server that slow and odd clients cannot hold (bar R7, I4): limits on time, headers and sockets. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';

const HEADERS_MS = 10_000;
const REQUEST_MS = 15_000;
const KEEP_ALIVE_MS = 5_000;
const CHECK_EVERY_MS = 1_000;
const MOST_HEADER_BYTES = 16_384;
const MOST_HEADERS = 100;
const MOST_SOCKETS = 8_000;

export type TimeLimits = { headersMs?: number; requestMs?: number; checkEveryMs?: number };

/** Requests that are no HTTP, too slow or too large in their headers are answered and cut off. */
export function boundedServer(listener?: RequestListener, limits: TimeLimits = {}): Server {
  const { headersMs = HEADERS_MS, requestMs = REQUEST_MS, checkEveryMs = CHECK_EVERY_MS } = limits;
  const options = {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: checkEveryMs,
    maxHeaderSize: MOST_HEADER_BYTES,
  };
  const server = listener ? createServer(options, listener) : createServer(options);
  server.maxHeadersCount = MOST_HEADERS;
  server.maxConnections = MOST_SOCKETS;
  server.on('clientError', ({ code }: NodeJS.ErrnoException, socket) => refuse(socket, code ?? ''));
  return server;
}

const REFUSALS: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
};

/** The parser failed before there was a request, so the answer is written by hand; it is an OperationOutcome as all are. */
function refuse(socket: Duplex, code: string): void {
  if (!socket.writable || code === 'ECONNRESET') return void socket.destroy();
  const status = REFUSALS[code] ?? '400 Bad Request';
  const issue = [{ severity: 'error', code: 'invalid', diagnostics: 'The request could not be read' }];
  const body = JSON.stringify({ resourceType: 'OperationOutcome', issue });
  const headers = `content-type: application/json; charset=utf-8\r\ncontent-length: ${body.length}\r\nconnection: close`;
  socket.end(`HTTP/1.1 ${status}\r\n${headers}\r\n\r\n${body}`, () => socket.destroy());
}
