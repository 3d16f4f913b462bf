/** The end of a server that cuts no answer short (bar R4). */
import type { Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** So long it goes on listening: whoever distributes the calls has to notice that it is not ready any more. */
const NOTICE_MS = 1000;
/** So long it waits for answers that are being made, and for slow senders. */
const DRAIN_MS = 6000;

/**
 * Follows the connections of a server, so that it can be ended.
 *
 * `server.close()` will not do: it destroys a connection whose answer is complete but not yet taken by the client,
 * which is the usual state of a long answer and a slow reader.
 *
 * @returns ends the server: within eight seconds, answers that were begun first; every answer from then on is the
 * last of its connection
 */
export function gracefulStop(server: Server): () => Promise<void> {
  const answering = new Map<Socket, number>();
  let stopping = false;
  let closed = false;
  const count = (socket: Socket, change: number) => answering.set(socket, (answering.get(socket) ?? 0) + change);
  const closeWhenIdle = (socket: Socket) => {
    if (closed && answering.get(socket) === 0) socket.destroy();
  };
  server.on('connection', (socket: Socket) => {
    answering.set(socket, 0);
    socket.once('close', () => answering.delete(socket));
  });
  server.prependListener('request', ({ socket }, response) => {
    if (stopping) response.shouldKeepAlive = false;
    count(socket, 1);
    // Comes when the last byte was taken over by the operating system, or the connection is gone.
    response.once('close', () => {
      if (answering.has(socket)) count(socket, -1);
      closeWhenIdle(socket);
    });
  });
  return async () => {
    stopping = true;
    await delay(NOTICE_MS);
    closed = true;
    const ended = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
    for (const socket of answering.keys()) closeWhenIdle(socket);
    setTimeout(() => server.closeAllConnections(), DRAIN_MS).unref();
    await ended;
  };
}
