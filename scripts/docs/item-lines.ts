/** What an item says of its fact, line by line. */

import { length } from '../../src/explorer/words/durations.ts';
import { code } from '../../src/explorer/words/marks.ts';
import type { Derivation } from '../../src/knowledge/derivation.ts';
import type { FactDefinition, FactOption, FactWindow, NormalRange } from '../../src/knowledge/fact-definition.ts';

/** Class, answers, ranges, how long it holds, and what is special. */
export function itemLines(fact: FactDefinition): string[] {
  const { class: factClass, kind, unit, options, window, plausible, normal, discriminating } = fact;
  return [
    `${factClass}, ${kind}${unit ? ` in ${code(unit)}` : ''}, ${fact.readOnly ? 'read from the chart only' : 'asked, and read from the chart where it has codes'}`,
    ...(fact.confidential ? ['**confidential**: never on a public card, in a log or in a fingerprint'] : []),
    ...(options.length > 0 ? [`answers: ${options.map(optionWords).join(' · ')}`] : []),
    `holds: ${windowWords(window)}`,
    ...(plausible
      ? [`plausible from ${plausible.low ?? '–'} to ${plausible.high ?? '–'}; outside it is not used`]
      : []),
    ...(normal ? [`normal: ${rangeWords(normal)}`] : []),
    `points to danger when positive: ${typeof discriminating === 'number' ? `from ${discriminating}` : discriminating ? 'yes' : 'no'}`,
    ...special(fact),
  ];
}

function special(fact: FactDefinition): string[] {
  const { conflict, derivation, role, valueWhenUnknown } = fact;
  return [
    ...(conflict === 'own-answer-only' ? ['a "no" of staff does not overrule her own "yes"'] : []),
    ...(conflict === 'newest' ? ['the newest statement counts, whoever made it'] : []),
    ...(fact.endsEpisode ? ['a negative answer ends the episode: older answers are not read'] : []),
    ...(fact.thisPregnancy ? ['only statements since the first day of this pregnancy count'] : []),
    ...(derivation ? [`computed: ${derivationWords(derivation)}`] : []),
    ...(role ? [`read for dating and status as ${code(role)}`] : []),
    ...(valueWhenUnknown === undefined
      ? []
      : [`never unknown: counts as ${amount(valueWhenUnknown)} when nothing says it`]),
  ];
}

const optionWords = ({ coding, display, meaning }: FactOption): string =>
  `${code(coding.code ?? '')} ${display} (${meaning})`;

function windowWords({ yes, no, value, noInHospital, worseWithin }: FactWindow): string {
  const limbs: [string, number | undefined][] = [
    ['yes or abnormal', yes],
    ['no or normal', no],
    ['no or normal in hospital', noInHospital],
    ['value', value],
    ['numbers this close together: the worse counts', worseWithin],
  ];
  const said = limbs.flatMap(([name, limit]) => (limit === undefined ? [] : `${name} ${length(limit)}`));
  return said.join(', ') || 'without limit';
}

function rangeWords({ from, to, above, below }: NormalRange): string {
  const limbs: [string, number | undefined][] = [
    ['≥', from],
    ['>', above],
    ['≤', to],
    ['<', below],
  ];
  return limbs.flatMap(([sign, limit]) => (limit === undefined ? [] : `${sign} ${limit}`)).join(' and ');
}

const amount = (value: NonNullable<FactDefinition['valueWhenUnknown']>): string =>
  typeof value === 'object' ? 'the stated quantity' : value === false ? 'no' : String(value);

function derivationWords(derivation: Derivation): string {
  switch (derivation.kind) {
    case 'rise':
      return `${code(derivation.of)} rose by ${derivation.atLeast} or more within ${length(derivation.within)}`;
    case 'fall':
      return `highest ${code(derivation.of)} within ${length(derivation.within)} less the newest`;
    case 'fall-from-usual':
      return `median of at least ${derivation.atLeast} values of ${code(derivation.of)} within ${length(derivation.within)} less the one that holds`;
    case 'pair-ratio':
      return `newest ${code(derivation.of)} divided by one ${length(derivation.apart)} ± ${length(derivation.tolerance)} older`;
    case 'count':
      return `stated ${derivation.atLeast} times or more within ${length(derivation.within)}, each ${length(derivation.apart)} apart`;
  }
}
