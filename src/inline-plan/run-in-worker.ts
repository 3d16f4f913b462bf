/** Does a job in a thread that is ended after a quarter of a second, whatever it is doing (security/bar I3). */
import { Worker } from 'node:worker_threads';
import { ServiceError } from '../errors.ts';
import type { FhirResource } from '../fhir/types.ts';
import type { InlineJob } from '../operations/inline-plan.ts';
import type { InlineAnswer } from './inline-answer.ts';

/** For checking and applying the plan; starting the thread is not counted. */
const DEADLINE_MS = 250;
const START_MS = 10_000;
/** Each costs a thread and some memory. */
const AT_ONCE = 2;

let running = 0;

/** @throws ServiceError `refused`, `overloaded` */
export async function runInWorker(job: InlineJob): Promise<FhirResource> {
  if (running >= AT_ONCE) throw new ServiceError('overloaded', 'Too many plans of requests are being applied');
  running += 1;
  // It stands beside this file only in the build.
  const worker = new Worker(new URL('./apply-worker.js', import.meta.url), {
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  });
  try {
    const answer = await answerOf(worker, job);
    if ('resource' in answer) return answer.resource;
    throw new ServiceError('refused', answer.message, answer.details);
  } finally {
    running -= 1;
    await worker.terminate();
  }
}

function answerOf(worker: Worker, job: InlineJob): Promise<InlineAnswer> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new ServiceError('refused', `The plan was not applied within ${DEADLINE_MS} ms`));
    let timer = setTimeout(late, START_MS);
    const settle = (done: () => void) => {
      clearTimeout(timer);
      done();
    };
    worker.once('error', () => settle(() => reject(new ServiceError('refused', 'The plan could not be applied'))));
    worker.on('message', (message: 'ready' | InlineAnswer) => {
      if (message !== 'ready') return settle(() => resolve(message));
      clearTimeout(timer);
      timer = setTimeout(late, DEADLINE_MS);
      worker.postMessage(job);
    });
  });
}
