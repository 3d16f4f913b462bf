/** Answer options: one system, each code once, and always a way to say "not sure". */
import { YES_NO_SYSTEM } from '../../fhir/codings.ts';
import { extensionBoolean } from '../../fhir/extensions.ts';
import type { Problem } from '../sources.ts';
import { type ItemOfFact, problems, type Subject } from './subject.ts';

/** Findings about the options of choices. */
export function wrongOptions({ items }: Subject): Problem[] {
  return items.flatMap((entry) => problems(entry.file, entry.fact.name, reasonsAgainst(entry)));
}

function reasonsAgainst({ item, fact }: ItemOfFact): string[] {
  if (item.type !== 'choice') return item.answerOption ? ['only a choice has options'] : [];
  if (fact.options.length === 0) return ['the choice has no options'];
  const codes = fact.options.map(({ coding }) => coding.code ?? '');
  const reasons = codes
    .filter((code, at) => codes.indexOf(code) !== at)
    .map((code) => `two options have the code ${code}`);
  const unsure = fact.options.filter(({ meaning }) => meaning === 'not-sure');
  if (unsure.length === 0 && !item.readOnly) reasons.push('no option means "not sure": nobody is made to guess');
  return [...reasons, ...systems(fact, codes), ...inclusive({ item, fact })];
}

function systems({ kind, options }: ItemOfFact['fact'], codes: string[]): string[] {
  if (kind === 'boolean') {
    const unknown = codes.filter((code) => code !== 'Y' && code !== 'N' && code !== 'UNK');
    return unknown.map((code) => `${code} is none of Y, N, UNK: a yes/no question has no other answer`);
  }
  const systemsUsed = new Set(options.map(({ coding }) => coding.system));
  if (systemsUsed.has(YES_NO_SYSTEM)) return ['options beside yes and no: the codes of a choice are all its own'];
  return systemsUsed.size > 1 ? [`the options stand in several systems: ${[...systemsUsed].join(', ')}`] : [];
}

/** Beside "not sure" or "none" nothing else can be ticked. */
function inclusive({ item, fact }: Pick<ItemOfFact, 'item' | 'fact'>): string[] {
  if (fact.kind !== 'choices') return [];
  return fact.options
    .filter((option, at) => {
      const alone = option.meaning === 'not-sure' || option.coding.code === 'none';
      return alone && !extensionBoolean(item.answerOption?.[at], 'questionnaire-optionExclusive');
    })
    .map(({ coding }) => `the option ${coding.code} of a multiple choice is not \`questionnaire-optionExclusive\``);
}
