/** Files that the environment names: JSON of a stated shape. */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { ServiceError } from '../errors.ts';

/** Reads the file that `variable` names, or gives `fallback` when it names none. @throws ServiceError `bad-configuration` */
export function readJsonFile<T>(variable: string, path: string | undefined, schema: z.ZodType<T>, fallback: T): T {
  if (path === undefined) return fallback;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ServiceError('bad-configuration', `${variable} ${path} could not be read`, [String(error)]);
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw refusal(parsed.error, `${variable} ${path}`);
  return parsed.data;
}

/** Every bad value of a configuration as one failure. */
export function refusal(error: z.ZodError, where: string): ServiceError {
  const details = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return new ServiceError('bad-configuration', `The ${where} has bad values`, details);
}
