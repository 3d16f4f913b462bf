/** Fenced blocks of the integration guide. */
import { shortened, withoutUuids } from './shorten.ts';

export const json = (value: unknown): string => fenced('json', JSON.stringify(value, null, 2));

/** An answer: shortened, its uuids numbered. */
export const answerJson = (value: unknown): string =>
  fenced('json', withoutUuids(JSON.stringify(shortened(value), null, 2)));

export const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text.trim()}\n\`\`\``;
