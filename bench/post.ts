import { type Agent, request } from 'node:http';

/** Where to post: a service on the loopback interface. */
export type Target = { port: number; path: string };

/** `keep`: the text of the answer is wanted, else it is read and dropped; `token`: a bearer token. */
type PostOptions = { keep?: boolean; token?: string | undefined };

/** Posts one body; resolves with status and, if `keep`, the text of the answer. */
export function post(
  target: Target,
  agent: Agent,
  body: Buffer,
  { keep = false, token }: PostOptions = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    const call = request(
      { host: '127.0.0.1', ...target, method: 'POST', agent, headers, timeout: 10_000 },
      (response) => {
        const chunks: Buffer[] = [];
        if (keep) response.on('data', (chunk: Buffer) => chunks.push(chunk));
        else response.resume();
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        );
        response.once('error', reject);
      },
    );
    call.once('timeout', () => call.destroy(new Error('no answer within 10 s')));
    call.once('error', reject);
    call.end(body);
  });
}
