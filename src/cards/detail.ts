/** The Markdown detail of a card, in fixed order: do, why, not ruled out, tell, basis (spec C.2; issue order). */
import type { CardContext } from './card-context.ts';
import { basisSection } from './detail-basis.ts';
import { doSection, tellSection } from './detail-do.ts';
import { openSection } from './detail-open.ts';
import { whySection } from './detail-why.ts';
import type { Section } from './section.ts';

/** The sections that have something to say, as Markdown. */
export function detail(context: CardContext): string {
  return sectionsToMarkdown([
    doSection(context),
    whySection(context),
    openSection(context),
    tellSection(context),
    basisSection(context),
  ]);
}

/** Sections with lines, one after the other. */
export function sectionsToMarkdown(sections: Section[]): string {
  return sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }) => `**${title}**\n\n${lines.join('\n')}`)
    .join('\n\n');
}
