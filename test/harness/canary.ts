/** A listener that nobody may connect to. */

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

export type Canary = { port: number; connections: string[]; close: () => Promise<void> };

/** Answers everything with an HTTP 200, so that who comes by stays and says what it has. */
export async function startCanary(): Promise<Canary> {
  const connections: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const at = connections.push('connected') - 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      connections[at] = bytes.toString();
      socket.end(
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}',
      );
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
