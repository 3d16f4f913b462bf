/** "Basis": gestation and its source, rules, plan version, citations with links. */
import type { Decision } from '../decision/decision.ts';
import type { Moment } from '../evidence/chart.ts';
import type { Citation, Gate, Rule } from '../knowledge/topic.ts';
import { printGestation } from '../pregnancy/gestation.ts';
import type { PregnancyReading } from '../pregnancy/read-pregnancy.ts';
import type { CardContext } from './card-context.ts';
import { escaped } from './escape.ts';
import { printCandidate } from './print-fact.ts';
import { bullet, type Section } from './section.ts';

/** What the card rests on. */
export function basisSection(context: CardContext): Section {
  const { topic, decision } = context;
  const ids = (state: string) => decision.results.filter((r) => r.state === state).map(({ rule }) => rule.id);
  const fired = ids('fires');
  const raised = decision.results.filter(({ raised: by }) => by.length > 0).map(({ rule }) => rule);
  const used = [...decision.results.filter(({ state }) => state === 'fires').map(({ rule }) => rule), ...raised];
  return {
    title: 'Basis',
    lines: [
      ...pregnancyLines(context),
      ...[...decision.gates].flatMap((gate) => noteOf(gate, context)),
      bullet(
        `Rules fired: ${fired.map(escaped).join(', ') || 'none'}${raised.length > 0 ? `; not excluded: ${raised.map(({ id }) => escaped(id)).join(', ')}` : ''}`,
      ),
      bullet(`Plan: ${escaped(topic.id)} ${escaped(topic.version)}; times are ${escaped(context.moment.zone)}`),
      ...citationLines(used),
      bullet('Advisory only: supports, and does not replace, clinical judgement and local protocols'),
    ],
  };
}

/** Gestation and how it was dated, or the end; Markdown, a bullet each. None outside pregnancy. */
export function pregnancyLines({ decision, moment }: CardContext): string[] {
  const { gates, gestation, pregnancy, discord } = decision;
  const notes = pregnancy.notes.map((note) => bullet(escaped(note)));
  if (gates.has('OUT')) return [];
  if (!isDated(decision)) return [...endLines(pregnancy, moment), ...notes];
  const [source] = pregnancy.datedBy;
  const from = source && !discord ? `, from ${escaped(source.fact.label)}: ${printCandidate(source, moment)}` : '';
  const interval = gestation.known ? printGestation(gestation) : 'unknown';
  return [bullet(`Gestation: ${interval}${from}`), ...endLines(pregnancy, moment), ...notes];
}

/** She is pregnant, or may be: there is a gestation to speak of. */
export const isDated = ({ gates }: Decision): boolean => gates.has('PREG') || gates.has('POSS');

function endLines({ end }: PregnancyReading, moment: Moment): string[] {
  return end ? [bullet(`${escaped(end.candidate.fact.label)}: ${printCandidate(end.candidate, moment)}`)] : [];
}

function noteOf(gate: Gate, { topic }: CardContext): string[] {
  const note = topic.gateNotes.get(gate);
  return note ? [bullet(escaped(note))] : [];
}

const citationLines = (rules: Rule[]): string[] => [...new Set(rules.flatMap(({ citations }) => citations.map(cited)))];

/** Lines of the knowledge, the same on every card. */
const lines = new WeakMap<Citation, string>();

function cited(citation: Citation): string {
  const known = lines.get(citation);
  if (known !== undefined) return known;
  const { label, citation: words, url } = citation;
  const text = escaped(label);
  const linked = url?.startsWith('https://') ? `[${text}](${encodeURI(decodeURI(url))})` : text;
  const line = bullet(`Source: ${linked}${words ? `: ${escaped(words)}` : ''}`);
  lines.set(citation, line);
  return line;
}
