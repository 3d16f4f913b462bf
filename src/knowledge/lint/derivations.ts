/** A derivation says what it compares, in which window, and fits the fact that it computes. */
import { milliseconds } from '../../fhir/durations.ts';
import { extensionName, extensionNamed } from '../../fhir/extensions.ts';
import type { Extension } from '../../fhir/types.ts';
import type { Derivation } from '../derivation.ts';
import type { FactDefinition } from '../fact-definition.ts';
import type { Problem } from '../sources.ts';
import { problems, type Subject } from './subject.ts';

/** Limbs without which a kind means nothing. */
const NEEDS: Record<Derivation['kind'], readonly string[]> = {
  rise: ['of', 'within', 'at-least'],
  fall: ['of', 'within'],
  'fall-from-usual': ['of', 'within', 'at-least'],
  'pair-ratio': ['of', 'apart', 'tolerance'],
  count: ['within', 'at-least', 'apart'],
};

/** Findings about the `derivation` of items. */
export function wrongDerivations({ topic, items }: Subject): Problem[] {
  return items.flatMap(({ item, fact, file }) => {
    const extension = extensionNamed(item, 'derivation');
    if (!extension || !fact.derivation) return [];
    const of = 'of' in fact.derivation ? topic.factByName.get(fact.derivation.of) : undefined;
    return problems(file, fact.name, [...limbs(extension, fact.derivation), ...misfit(fact, fact.derivation, of)]);
  });
}

function limbs(extension: Extension, { kind }: Derivation): string[] {
  const needed = NEEDS[kind] ?? [];
  const stated = (extension.extension ?? []).filter((limb) => extensionName(limb) !== 'kind');
  return [
    ...needed
      .filter((name) => !extensionNamed(extension, name))
      .map((name) => `\`derivation\` ${kind} has no \`${name}\``),
    ...stated
      .map(extensionName)
      .filter((name) => !needed.includes(name))
      .map((name) => `\`derivation.${name}\` is not honoured in ${kind}`),
    ...stated
      .filter(({ valueDuration }) => valueDuration && milliseconds(valueDuration) === undefined)
      .map((limb) => `\`derivation.${extensionName(limb)}\` has no fixed length: use wk, d, h or min`),
  ];
}

function misfit(fact: FactDefinition, { kind }: Derivation, of: FactDefinition | undefined): string[] {
  const saysYes = kind === 'rise' || kind === 'count';
  const fits = saysYes ? fact.kind === 'boolean' : fact.kind === 'number' || fact.kind === 'quantity';
  const reasons = fits ? [] : [`a \`derivation\` ${kind} gives ${saysYes ? 'yes' : 'a number'}: the fact is no such`];
  if (kind === 'count') return fact.sources.length > 0 ? reasons : [...reasons, 'nothing to count: no `fact-source`'];
  if (of?.kind !== 'number' && of?.kind !== 'quantity') reasons.push('`derivation.of` is no number of the topic');
  if (of?.derivation) reasons.push('`derivation.of` is computed itself');
  return reasons;
}
