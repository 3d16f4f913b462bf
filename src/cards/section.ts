/** A titled part of a card's detail. */
export type Section = { title: string; lines: string[] };

export const bullet = (text: string): string => `- ${text}`;
export const subBullet = (text: string): string => `  - ${text}`;
