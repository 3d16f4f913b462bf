/** A small load generator: each connection posts the next body as soon as it has its answer. */
import { Agent } from 'node:http';
import { performance } from 'node:perf_hooks';
import { post, type Target } from './post.ts';

/** Latencies in milliseconds of the requests that were answered within `seconds`. */
export type Sample = { latencies: number[]; seconds: number };

const MOST_REQUESTS = 200_000;

/** @param tokens one for each request, where the server wants them; when they are used up the load ends early */
export async function load(
  target: Target,
  bodies: Buffer[],
  connections: number,
  seconds: number,
  tokens?: string[],
): Promise<Sample> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  const most = Math.min(MOST_REQUESTS, tokens?.length ?? MOST_REQUESTS);
  const start = performance.now();
  const end = start + seconds * 1000;
  let next = 0;

  const connection = async () => {
    for (let at = performance.now(); at < end && next < most; ) {
      const token = tokens?.[next];
      const body = bodies[next++ % bodies.length] ?? Buffer.alloc(0);
      const { status } = await post(target, agent, body, { token });
      if (status !== 200) throw new Error(`status ${status} under load`);
      const done = performance.now();
      latencies.push(done - at);
      at = done;
    }
  };

  try {
    await Promise.all(Array.from({ length: connections }, connection));
  } finally {
    agent.destroy();
  }
  return { latencies, seconds: (performance.now() - start) / 1000 };
}

/** Posts every body once and expects 200 with at least one card: a fast refusal is no throughput. */
export async function expectCards(target: Target, bodies: Buffer[], tokens?: string[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    for (const [index, body] of bodies.entries()) {
      const { status, text } = await post(target, agent, body, { keep: true, token: tokens?.[index] });
      const cards: unknown = status === 200 ? JSON.parse(text).cards : undefined;
      if (!Array.isArray(cards) || cards.length === 0)
        throw new Error(`body ${index}: status ${status}, no card: ${text.slice(0, 300)}`);
    }
  } finally {
    agent.destroy();
  }
}
