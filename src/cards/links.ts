/** Links of a card: sources (https only), and the form when the site has one. */
import type { Link } from '../cds-hooks/card.ts';
import type { CardContext } from './card-context.ts';
import { proposedActions } from './detail-do.ts';
import { plainWords } from './escape.ts';
import { questionsToAsk } from './selection.ts';

/** The form first, then each source of the most urgent level once. */
export function links(context: CardContext): Link[] {
  return [...formLinks(context), ...sourceLinks(context)];
}

function formLinks(context: CardContext): Link[] {
  const { formUrl } = context.settings;
  if (formUrl === undefined) return [];
  const open = questionsToAsk(context.decision).map(({ name }) => name);
  return proposedActions(context).flatMap(({ title, questionnaire }): Link[] => {
    if (!questionnaire) return [];
    // No patient data: names of open questions only.
    const appContext = JSON.stringify({ questionnaire: questionnaire.url, open });
    return [{ label: plainWords(title), url: formUrl, type: 'smart', appContext }];
  });
}

function sourceLinks({ findings }: CardContext): Link[] {
  const [first] = findings;
  const rules = [
    ...(first?.fired ?? []).map(({ rule }) => rule),
    ...(first?.raised ?? []).map(({ result }) => result.rule),
  ];
  const seen = new Set<string>();
  return rules
    .flatMap(({ citations }) => citations)
    .flatMap(({ label, url }): Link[] => {
      if (!url?.startsWith('https://') || seen.has(url)) return [];
      seen.add(url);
      return [{ label: plainWords(label), url, type: 'absolute' }];
    });
}
