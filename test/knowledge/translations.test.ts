/** Everything that a patient reads is there in Spanish and Persian. Read from the knowledge files as they are. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Extensible, extensionNamed, extensionsNamed, extensionText } from '../../src/fhir/extensions.ts';
import { readTranslations, wordsIn } from '../../src/fhir/translations.ts';
import type { PlanDefinition, PlanDefinitionAction, Questionnaire } from '../../src/fhir/types.ts';
import { readPatientTexts, readTold, wordingIn } from '../../src/knowledge/read-patient-texts.ts';
import { type RunningService, startService } from '../harness/service.ts';

type Text = { words: string; beside: Extensible | undefined };

const LANGUAGES = ['es', 'fa'];
const FORMS = ['back-pain-triage', 'pregnancy-history'];
/** Spelled the same in Spanish and English. */
const SAME_IN_SPANISH = new Set(['No']);
/** Told to staff beside the texts for the patient: how the help is offered, never shown to the patient. */
const FOR_STAFF = new Set(['By word of mouth only: nothing in writing and nothing on a screen']);

const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
const forms = FORMS.map((name) => read<Questionnaire>(`questionnaires/${name}.json`));
const plan = read<PlanDefinition>('plan-definitions/back-pain-in-pregnancy.json');

const textOf = (words: string | undefined, beside: Extensible | undefined): Text[] =>
  words === undefined ? [] : [{ words, beside }];

const textsOfItems = (items: Questionnaire['item']): Text[] =>
  (items ?? []).flatMap((item) => [
    ...textOf(item.text, item._text),
    ...(item.answerOption ?? []).flatMap(({ valueCoding }) => textOf(valueCoding?.display, valueCoding?._display)),
    ...textsOfItems(item.item),
  ]);

const textsOfPlan = (element: PlanDefinition | PlanDefinitionAction): Text[] => [
  ...extensionsNamed(element, 'patient-text').flatMap((told) => [
    ...textOf(told.valueString, told._valueString),
    ...textOf(extensionText(told, 'text'), extensionNamed(told, 'text')?._valueString),
  ]),
  ...(element.action ?? []).flatMap(textsOfPlan),
];

const texts: Text[] = [
  ...forms.flatMap((form) => [
    ...textOf(form.title, form._title),
    ...textOf(form.description, form._description),
    ...textsOfItems(form.item),
  ]),
  ...textsOfPlan(plan).filter(({ words }) => !FOR_STAFF.has(words)),
];

/** Numbers as they are said; digits of Persian and decimal commas are read as those of English. */
const numbersIn = (words: string): string[] =>
  words
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/(?<=\d)[,٫](?=\d)/g, '.')
    .match(/\d+(\.\d+)?/g)
    ?.sort() ?? [];

describe.each(LANGUAGES)('in %s', (lang) => {
  const translated = texts.map(({ words, beside }) => ({ words, said: wordsIn(readTranslations(beside), lang) ?? '' }));

  test('when a patient reads a text then it is in her language', () => {
    expect(texts.length).toBeGreaterThan(400);
    const left = translated.filter(({ words, said }) => {
      return said.trim() === '' || (said === words && !(lang === 'es' && SAME_IN_SPANISH.has(words)));
    });
    expect(left).toEqual([]);
  });

  test('when a text says a number then the translation says the same one, and place-holders are kept', () => {
    const changed = translated.filter(({ words, said }) => {
      const kept = (text: string) => text.match(/\{[^}]*\}/g) ?? [];
      return String(numbersIn(words)) !== String(numbersIn(said)) || String(kept(words)) !== String(kept(said));
    });
    expect(changed).toEqual([]);
  });

  test('when one text stands in several places then it has one translation', () => {
    const byWords = new Map<string, Set<string>>();
    for (const { words, said } of translated) byWords.set(words, (byWords.get(words) ?? new Set()).add(said));
    expect([...byWords].filter(([, said]) => said.size > 1)).toEqual([]);
  });

  test('when a pregnancy was lost then no word says that she ended it (spec C.4)', () => {
    const blunt = /abort|سقط/i;
    expect(translated.filter(({ words, said }) => blunt.test(words) || blunt.test(said))).toEqual([]);
  });

  test('when nobody has reviewed the words then form and plan say so', () => {
    for (const resource of [...forms, plan]) {
      const status = extensionsNamed(resource, 'translation-status').find((one) => extensionText(one, 'lang') === lang);
      expect(extensionText(status, 'status')).toBe('draft');
    }
  });
});

test('when a text is Persian then it is written in Persian letters, none of them Arabic', () => {
  const persian = texts.map(({ beside }) => wordsIn(readTranslations(beside), 'fa') ?? '');
  expect(persian.filter((words) => !/[آ-ی]/.test(words) || /[يك٠-٩0-9]/.test(words))).toEqual([]);
});

test('when it is an emergency then the words are unmistakable', () => {
  const told = readPatientTexts(plan);
  const emergency = told.get('SN-999');
  const everywhere = told.get('SN-ALL');
  if (!emergency || !everywhere) throw new Error('the plan has no such text');
  expect(wordsIn(emergency.translations, 'es')).toContain('Llame ahora al número de emergencias');
  expect(wordsIn(emergency.translations, 'fa-IR')).toContain('همین حالا با اورژانس تماس بگیرید');
  const ended = wordingIn(everywhere, 'ENDED');
  expect(ended.text).toContain('heavy bleeding');
  expect(wordsIn(ended.translations, 'es')).toContain('sangrado abundante');
  expect(wordsIn(wordingIn(everywhere, 'PREG').translations, 'es')).toContain('cualquier sangrado');
  expect(wordsIn(emergency.translations, 'de')).toBeUndefined();
});

test('when a rule tells words of its own then they have their translations', () => {
  const own = { url: 'http://a/StructureDefinition/patient-text', valueString: 'Rest.' };
  const translation = {
    url: 'translation',
    extension: [
      { url: 'lang', valueCode: 'es' },
      { url: 'content', valueString: 'Descanse.' },
    ],
  };
  const [told] = readTold({ extension: [{ ...own, _valueString: { extension: [translation] } }] }, new Map());
  expect(told?.text).toBe('Rest.');
  expect(told && wordsIn(told.translations, 'es')).toBe('Descanse.');
});

describe('over HTTP', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());
  const get = async (path: string) => (await fetch(`${service.base}/fhir-api/${path}`)).text();

  test.each(FORMS.flatMap((form) => LANGUAGES.map((lang) => [form, lang])))(
    'when %s is asked for in %s then nothing of it is left in English',
    async (form, lang) => {
      const body = await get(`Questionnaire/${form}?lang=${lang}`);
      expect(body).toContain(`"language":"${lang}"`);
      expect(body).toContain('translation-status');
      expect(body).not.toContain('http://hl7.org/fhir/StructureDefinition/language');
      expect(body).not.toContain('http://hl7.org/fhir/StructureDefinition/translation"');
    },
  );

  test('when the plan is asked for in Spanish then its texts for patients are Spanish', async () => {
    const served = JSON.parse(await get('PlanDefinition/back-pain-in-pregnancy?lang=es')) as PlanDefinition;
    expect(readPatientTexts(served).get('SN-999')?.text).toBe(
      'Llame ahora al número de emergencias. No conduzca usted misma.',
    );
    // What is for staff stays English, and is marked.
    const staff = textsOfPlan(served).filter(({ words }) => FOR_STAFF.has(words));
    expect(staff.length).toBeGreaterThan(0);
    for (const { beside } of staff) expect(extensionText(beside, 'language')).toBe('en');
  });
});
