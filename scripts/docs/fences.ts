/** Fenced blocks of the integration guide. */
import { compactJson } from './compact-json.ts';
import { shortened, withoutUuids } from './shorten.ts';

export const json = (value: unknown): string => fenced('json', compactJson(value));

/** An answer: shortened, its uuids numbered. */
export const answerJson = (value: unknown): string => fenced('json', withoutUuids(compactJson(shortened(value))));

export const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text.trim()}\n\`\`\``;
