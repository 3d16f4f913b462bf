/** A thread of its own for one plan from a request: it says that it is ready, takes one job, and is ended. */
import { randomUUID } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { ServiceError } from '../errors.ts';
import { compileClosure } from '../fhir/closures.ts';
import { type InlineJob, runInline } from '../operations/inline-plan.ts';
import type { InlineAnswer } from './inline-answer.ts';

parentPort?.once('message', (job: InlineJob) => parentPort?.postMessage(answer(job)));
// The engine's first expression takes longer than a plan: it is none of the job.
compileClosure("'ab'.toChars().count() = 2")({});
parentPort?.postMessage('ready');

function answer(job: InlineJob): InlineAnswer {
  try {
    return { resource: runInline(job, randomUUID) };
  } catch (error) {
    if (error instanceof ServiceError) return { message: error.message, details: [...error.details] };
    return { message: 'The plan could not be applied', details: [] };
  }
}
