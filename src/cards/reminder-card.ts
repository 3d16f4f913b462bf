/** A finding that was overridden a short while ago: one card that reminds of it, so that silence never looks like an all-clear. */
import { type Card, EXTENSION_NAME } from '../cds-hooks/card.ts';
import type { Override } from '../cds-hooks/overrides.ts';
import { printInstant } from '../fhir/dates.ts';
import type { CardContext } from './card-context.ts';
import { escaped, plain, truncated } from './escape.ts';
import { printOverride } from './repeat-control.ts';
import { bullet, markdown } from './section.ts';

/** CDS Hooks: a summary has fewer than 140 characters. */
const SUMMARY_LIMIT = 139;

/** @param summary of the card that is not shown. @param routing what an EHR may route by, as on that card */
export function reminderCard(
  context: CardContext,
  override: Override,
  { summary, source, extension }: Pick<Card, 'summary' | 'source' | 'extension'>,
): Card {
  const { topic, moment, findings, newUuid } = context;
  const again = override.at + (findings[0]?.group.silencedFor ?? 0);
  const { level, fired, open, plan } = extension[EXTENSION_NAME];
  const finding = findings.flatMap((found) => found.fired).map(({ rule }) => bullet(ruleLine(rule)));
  const raised = findings.flatMap((found) => found.raised).map(({ result: { rule } }) => bullet(ruleLine(rule)));
  return {
    uuid: newUuid(),
    summary: truncated(plain(`Overridden before, unchanged: ${summary}`), SUMMARY_LIMIT),
    detail: markdown([
      {
        title: 'Not told in full again',
        lines: [
          bullet(`Overridden ${printOverride(override, context)}`),
          bullet('The finding still stands: this is not an all-clear'),
          bullet(
            `Told in full again from ${printInstant(again, moment.zone)} ${escaped(moment.zone)}, and at once when anything it rests on changes`,
          ),
        ],
      },
      { title: 'What was found', lines: [...finding, ...raised] },
      { title: 'Basis', lines: [bullet(`Plan: ${escaped(topic.id)} ${escaped(topic.version)}`)] },
    ]),
    indicator: 'info',
    source,
    extension: {
      [EXTENSION_NAME]: {
        ...(level !== undefined && { level }),
        ...(fired && { fired }),
        ...(open && { open }),
        plan,
        confidential: false,
        overridden: true,
      },
    },
  };
}

const ruleLine = ({ id, title }: { id: string; title: string }): string => `${escaped(title)} (${escaped(id)})`;
