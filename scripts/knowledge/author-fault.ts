/** What an author gave a command, and it could not work with: said in one line, without a stack. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ServiceError } from '../../src/errors.ts';
import { JsonFault, linesByPath } from './json-lines.ts';

export class AuthorFault extends Error {}

/** A path as a person would write it: inside the project relative, else as it stands. */
export function spokenPath(directory: string, path: string): string {
  const inside = relative(directory, path);
  return inside.startsWith('..') ? path : inside;
}

/** The text of a file. @throws AuthorFault */
export function textIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as { code?: unknown };
    const why =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'is a folder, not a file' : String(code);
    throw new AuthorFault(`${path}: ${why}`);
  }
}

/** The JSON in a file. @throws AuthorFault with the place of what is wrong */
export function jsonIn(path: string): unknown {
  const text = textIn(path);
  try {
    linesByPath(text);
    return JSON.parse(text);
  } catch (error) {
    const place = error instanceof JsonFault ? `${error.line}:${error.column}` : '1:1';
    throw new AuthorFault(`${path}:${place}: is no JSON: ${(error as Error).message}`);
  }
}

/**
 * Runs a command. Exit codes: what it returns, or 2 when it could not do its work.
 * @param command writes its answer and returns the exit code
 */
export async function runForAuthor(command: () => number | Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof AuthorFault || error instanceof ServiceError)) throw error;
    const details = error instanceof ServiceError ? error.details : [];
    process.stderr.write(`${[error.message, ...details].join('\n')}\n`);
    process.exitCode = 2;
  }
}
