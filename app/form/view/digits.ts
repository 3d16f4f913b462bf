/** Numbers as people write them and read them: Persian and Arabic digits, a comma for a point. */
import type { Words } from '../words.ts';

const ZEROS = [0x06f0, 0x0660];

export function latinDigits(written: string): string {
  return written.trim().replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - (ZEROS.find((zero) => code >= zero && code <= zero + 9) ?? code));
  });
}

/** @returns undefined for what is no number */
export function numberIn(written: string): number | undefined {
  const text = latinDigits(written).replace(/[,\u066b]/, '.');
  return /^-?\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined;
}

/** A number in the digits of a language. Not for what is dialled, or typed as it stands. */
export const spelled = (number: number | string, { digits }: Words): string =>
  String(number).replace(/\d/g, (digit) => [...digits][Number(digit)] ?? digit);
