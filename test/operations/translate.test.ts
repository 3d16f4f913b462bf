/** `?lang=`: words in another language, and a mark on those that have none. */
import { expect, test } from '@jest/globals';
import type { Questionnaire } from '../../src/fhir/types.ts';
import { translated } from '../../src/operations/translate.ts';
import { faultsOfR4 } from './r4.ts';

const said = (lang: string, content: string) => ({
  url: 'http://hl7.org/fhir/StructureDefinition/translation',
  extension: [
    { url: 'lang', valueCode: lang },
    { url: 'content', valueString: content },
  ],
});
const inEnglish = { url: 'http://hl7.org/fhir/StructureDefinition/language', valueCode: 'en' };
const coding = { system: 'http://a/b', code: 'y' };

const form: Questionnaire = {
  resourceType: 'Questionnaire',
  status: 'draft',
  title: 'Questions',
  _title: { extension: [said('es', 'Preguntas'), said('fa', 'پرسش‌ها')] },
  item: [
    {
      linkId: 'g',
      type: 'group',
      text: 'Group',
      item: [
        {
          linkId: 'a',
          type: 'choice',
          text: 'Where?',
          _text: { extension: [said('es', '¿Dónde?'), said('es-MX', '¿En dónde?')] },
          answerOption: [
            { valueCoding: { ...coding, display: 'Yes', _display: { extension: [said('es', 'Sí')] } } },
            { valueCoding: { ...coding, code: 'n', display: 'No' } },
          ],
        },
      ],
    },
  ],
};

const question = (lang: string) => translated(form, lang).item?.[0]?.item?.[0];

test('when a translation is there then it stands in the place of the words, and nothing else is left of it', () => {
  expect(translated(form, 'es')).toEqual({
    resourceType: 'Questionnaire',
    status: 'draft',
    language: 'es',
    title: 'Preguntas',
    item: [
      {
        linkId: 'g',
        type: 'group',
        text: 'Group',
        // There is none: the words are kept, and marked.
        _text: { extension: [inEnglish] },
        item: [
          {
            linkId: 'a',
            type: 'choice',
            text: '¿Dónde?',
            answerOption: [
              { valueCoding: { ...coding, display: 'Sí' } },
              { valueCoding: { ...coding, code: 'n', display: 'No', _display: { extension: [inEnglish] } } },
            ],
          },
        ],
      },
    ],
  });
  expect(faultsOfR4(translated(form, 'es'))).toEqual([]);
}, 60_000);

test('when the region has words of its own then these are taken, else those of the language', () => {
  expect(question('es-MX')?.text).toBe('¿En dónde?');
  expect(question('ES-ar')?.text).toBe('¿Dónde?');
  expect(question('fa')).toMatchObject({ text: 'Where?', _text: { extension: [inEnglish] } });
});

test('when it is written in the language that is asked for, or none is, then it stays as it is', () => {
  expect(translated(form, undefined)).toBe(form);
  expect(translated(form, 'en-GB')).toBe(form);
  const spanish = { ...form, language: 'es' };
  expect(translated(spanish, 'es')).toBe(spanish);
  expect(translated(spanish, 'en').item?.[0]).toMatchObject({ _text: { extension: [{ valueCode: 'es' }] } });
});

test('when it is no language tag then it is refused', () => {
  for (const lang of ['', 'e', '<b>', 'es_MX', '__proto__', 'español']) {
    expect(() => translated(form, lang)).toThrow(expect.objectContaining({ code: 'bad-request' }));
  }
});
