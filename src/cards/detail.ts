/** The Markdown detail of a card, in fixed order: contact, do, why, not ruled out, tell, basis (spec C.2; issue order). */
import type { CardContext } from './card-context.ts';
import { basisSection } from './detail-basis.ts';
import { contactSection } from './detail-contact.ts';
import { doSection, tellSection } from './detail-do.ts';
import { openSection } from './detail-open.ts';
import { whySection } from './detail-why.ts';
import { markdown } from './section.ts';

/** The sections that have something to say. */
export function detail(context: CardContext): string {
  return markdown([
    contactSection(context),
    doSection(context),
    whySection(context),
    openSection(context),
    tellSection(context),
    basisSection(context),
  ]);
}
