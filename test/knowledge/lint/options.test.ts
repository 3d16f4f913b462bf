/** Answer options, and where a chart holds what they say. */
import { add, type Base, extension, ofItem, put, refuses, remove } from './base.ts';

const options = (base: Base, linkId: string) => base.item(linkId).answerOption ?? [];
const limb = (base: Base, linkId: string, name: string, url: string) =>
  extension(extension(base.item(linkId), name), url);

const onlyOver = ({ item }: Base, resource: string, further?: string) =>
  add(item('migraine'), 'fact-source', {
    extension: [
      { url: 'resource', valueCode: resource },
      { url: 'code', valueCoding: { system: 'http://snomed.info/sct', code: '37796009', display: 'Migraine' } },
      { url: 'resolved', valueBoolean: true },
      ...(further ? [{ url: further, valueBoolean: true }] : []),
    ],
  });

refuses([
  ofItem(
    'place',
    'a choice has no "not sure"',
    (base) => options(base, 'place').pop(),
    /no option means "not sure"/,
    (base) => {
      options(base, 'place').pop();
      put(base.item('place'), 'readOnly', true);
    },
  ),
  ofItem(
    'headache',
    'a yes/no question has none',
    (base) => options(base, 'headache').pop(),
    /no option means "not sure"/,
  ),
  ofItem('place', 'a choice has no options', ({ item }) => put(item('place'), 'answerOption', []), /no options/),
  ofItem(
    'place',
    'an option stands twice',
    (base) => options(base, 'place').push(...options(base, 'place').slice(0, 1)),
    /two options have the code front/,
  ),
  ofItem(
    'place',
    'yes stands among other options',
    (base) => options(base, 'place').unshift(...options(base, 'fall').slice(0, 1)),
    /all its own/,
  ),
  ofItem(
    'fall',
    'a yes/no question has another answer',
    (base) => put(options(base, 'fall')[1]?.valueCoding ?? {}, 'code', 'NASK'),
    /NASK is none of Y, N, UNK/,
  ),
  ofItem(
    'place',
    'options stand in several systems',
    (base) => put(options(base, 'place')[1]?.valueCoding ?? {}, 'system', 'http://example.org/x'),
    /several systems/,
  ),
  ofItem(
    'signs',
    '"not sure" of a multiple choice is not exclusive',
    (base) => remove(options(base, 'signs')[3] ?? {}, 'questionnaire-optionExclusive'),
    /notSure .* is not `questionnaire-optionExclusive`/,
  ),
  ofItem(
    'signs',
    '"none" of a multiple choice is not exclusive',
    (base) => remove(options(base, 'signs')[2] ?? {}, 'questionnaire-optionExclusive'),
    /none .* is not/,
  ),
  ofItem(
    'strength',
    'a number has options',
    ({ item }) => put(item('strength'), 'answerOption', item('place').answerOption),
    /only a choice has options/,
  ),
]);

const mapTo = (base: Base, code: string) => {
  const source = extension(base.item('migraine'), 'fact-source');
  const from = { system: 'http://loinc.org', code: 'LA33-6', display: 'Yes' };
  const map = {
    url: 'map',
    extension: [
      { url: 'from', valueCoding: from },
      { url: 'to', valueCode: code },
    ],
  };
  source.extension = [...(source.extension ?? []), map];
};

refuses([
  ofItem(
    'migraine',
    'a source matches nothing',
    (base) => extension(base.item('migraine'), 'fact-source').extension?.splice(1, 1),
    /matches nothing/,
  ),
  ofItem(
    'migraine',
    'a source is no resource that is read',
    (base) => put(limb(base, 'migraine', 'fact-source', 'resource'), 'valueCode', 'Claim'),
    /`Claim`: not one of/,
  ),
  ofItem(
    'migraine',
    'a map leads to no option',
    (base) => mapTo(base, 'perhaps'),
    /perhaps is no option/,
    (base) => mapTo(base, 'Y'),
  ),
  ofItem(
    'migraine',
    'a match states no of a yes/no fact',
    (base) => extension(base.item('migraine'), 'fact-source').extension?.push({ url: 'value', valueCode: 'N' }),
    /a match states yes/,
    (base) => extension(base.item('migraine'), 'fact-source').extension?.push({ url: 'value', valueCode: 'Y' }),
  ),
  ofItem(
    'migraine',
    'only what is over counts, of something that is no diagnosis',
    (base) => onlyOver(base, 'Procedure'),
    /`fact-source.resolved` speaks of a Condition/,
    (base) => onlyOver(base, 'Condition'),
  ),
  ofItem(
    'migraine',
    'only what is over counts, and any status counts',
    (base) => onlyOver(base, 'Condition', 'history'),
    /over only, or in any status/,
    (base) => onlyOver(base, 'Condition'),
  ),
  ofItem(
    'place',
    'a match states no option of a choice',
    ({ item }) =>
      add(item('place'), 'fact-source', { extension: extension(item('bleedDx'), 'fact-source').extension ?? [] }),
    /which option does it state/,
  ),
  ofItem(
    'migraine',
    'the answers of an unknown item are read',
    ({ item }) =>
      add(item('migraine'), 'fact-source', {
        extension: [
          { url: 'resource', valueCode: 'QuestionnaireResponse' },
          { url: 'item', valueString: 'migrane' },
        ],
      }),
    /`fact-source.item` migrane is no item/,
    ({ item }) =>
      add(item('migraine'), 'fact-source', {
        extension: [
          { url: 'resource', valueCode: 'QuestionnaireResponse' },
          { url: 'item', valueString: 'fall' },
        ],
      }),
  ),
]);
