/** Marks in words, as Markdown has them. */

/** Expressions and codes. */
export const code = (text: string): string => `\`${text}\``;

/** A name in quotation marks. */
export const quoted = (text: string): string => `“${text}”`;
