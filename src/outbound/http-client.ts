/** The HTTP client, loaded when there is another server to ask: a service that gets everything sent needs none. */
import { createRequire } from 'node:module';
import type * as Undici from 'undici';

const load = createRequire(import.meta.url);

export const httpClient = () => load('undici') as typeof Undici;
