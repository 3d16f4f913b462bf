/** A titled part of a card's detail. */
export type Section = { title: string; lines: string[] };

/** The sections that have something to say, as Markdown. */
export const markdown = (sections: Section[]): string =>
  sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }) => `**${title}**\n\n${lines.join('\n')}`)
    .join('\n\n');

export const bullet = (text: string): string => `- ${text}`;
export const subBullet = (text: string): string => `  - ${text}`;
