/** A thread of its own for the check: the engine is loaded there, and gone with it. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Checked, disagreements } from '../fhir/closure-check.ts';

parentPort?.postMessage(disagreements(workerData as Checked[]));
