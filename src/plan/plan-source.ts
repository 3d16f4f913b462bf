/** Where a recommendation comes from: source and links of its card. */
import { plain } from '../cards/escape.ts';
import type { Card, Link } from '../cds-hooks/card.ts';
import type { AppliedAction } from './apply-plan.ts';
import type { Plan } from './plan.ts';

/** The first documentation, else the publisher: never empty. */
export function sourceOf({ step }: AppliedAction, plan: Plan): Card['source'] {
  const [documentation] = step.action.documentation ?? [];
  const label = documentation?.display || documentation?.label || documentation?.citation || plan.publisher;
  const topic = step.action.code?.[0]?.coding?.find(({ system, code }) => system && code);
  const url = address(documentation?.url);
  const icon = address(documentation?.document?.url);
  return { label: plain(label), ...(url && { url }), ...(icon && { icon }), ...(topic && { topic }) };
}

/** What the plan and the action refer to, each address once. */
export function linksOf({ step, texts }: AppliedAction, { definition, title }: Plan): Link[] {
  const artifacts = [...(step.action.documentation ?? []), ...(definition.relatedArtifact ?? [])];
  const all = [
    { label: texts.title ?? step.id, url: address(step.refersTo?.split('|')[0]) },
    ...artifacts.map((artifact) => {
      return { label: artifact.label || artifact.display || artifact.citation || title, url: address(artifact.url) };
    }),
  ];
  const byUrl = new Map(all.flatMap(({ label, url }) => (url === undefined ? [] : [[url, label] as const])));
  return [...byUrl].map(([url, label]): Link => ({ label: plain(label) || url, url, type: 'absolute' }));
}

/** Absolute web addresses only. */
const address = (url: string | undefined): string | undefined =>
  url !== undefined && /^https?:\/\/\S+$/.test(url) && URL.canParse(url) ? url : undefined;
