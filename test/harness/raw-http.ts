/** Requests that `fetch` would not send: odd paths, no content type, a body without end. */
import { request } from 'node:http';

export type RawAnswer = { status: number; headers: Record<string, unknown>; text: string };

type RawRequest = { method: string; path: string; headers?: Record<string, string>; body?: string | Buffer };

/** Sends a request as it is given. */
export function sendRaw(base: string, { method, path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
