/** A titled part of a card's detail. */
export type Section = { title: string; lines: string[] };

/** The sections that have something to say, as Markdown. */
export function markdown(sections: Section[]): string {
  // Added up, not joined: the text is written out once, with the answer.
  let text = '';
  for (const { title, lines } of sections) {
    if (lines.length === 0) continue;
    text += `${text === '' ? '' : '\n\n'}**${title}**\n`;
    for (const line of lines) text += `\n${line}`;
  }
  return text;
}

export const bullet = (text: string): string => `- ${text}`;
export const subBullet = (text: string): string => `  - ${text}`;
