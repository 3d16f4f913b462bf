/** Words in other languages: what the lint refuses. */
import { add, type Base, extension, type Mutation, ofItem, put, refuses } from './base.ts';

const TRANSLATION = 'http://hl7.org/fhir/StructureDefinition/translation';
const said = (lang: string | undefined, content: string | undefined) => ({
  url: TRANSLATION,
  extension: [
    ...(lang === undefined ? [] : [{ url: 'lang', valueCode: lang }]),
    ...(content === undefined ? [] : [{ url: 'content', valueString: content }]),
  ],
});

/** The question in other languages, and what the form says of them. */
const translate = (translations: object[], stated = ['es']) => {
  return ({ form, item }: Base) => {
    put(item('headache'), '_text', { extension: translations });
    for (const lang of stated) state(form, lang);
  };
};
const state = (owner: Base['form'] | Base['plan'], lang: string, status = 'draft') =>
  add(owner, 'translation-status', {
    extension: [
      { url: 'lang', valueCode: lang },
      { url: 'status', valueCode: status },
    ],
  });
const right = translate([said('es', '¿Le duele la cabeza?')]);

const ofForm = (name: string, breaks: Mutation['break'], reason: RegExp): Mutation => ({
  name: `when ${name} then it is refused`,
  break: breaks,
  refused: { in: 'form', element: 'head-today', reason },
  repair: right,
});

refuses([
  ofItem(
    'headache',
    'a translation has no language',
    translate([said(undefined, 'a')], []),
    /`translation.lang` is missing/,
    right,
  ),
  ofItem(
    'headache',
    'a translation has no content',
    translate([said('es', undefined)], []),
    /`translation.content` is missing/,
    right,
  ),
  ofItem('headache', 'a translation is blank', translate([said('es', ' ')]), /a translation has no words/, right),
  ofItem('headache', 'a language is no tag', translate([said('es_MX', 'a')], []), /`es_MX` is no language tag/, right),
  ofItem(
    'headache',
    'a language stands twice',
    translate([said('es', 'a'), said('ES', 'b')]),
    /`text`: the language ES stands twice/,
    translate([said('es', 'a'), said('es-MX', 'b')], ['es', 'es-MX']),
  ),
  ofItem(
    'headache',
    'something else stands beside a string',
    translate([{ url: 'http://example.org/lint/StructureDefinition/translations', valueString: 'a' }], []),
    /`translations` is not honoured here/,
    right,
  ),
  ofItem(
    'headache',
    'there is nothing to translate',
    ({ item }) => put(item('headache'), '_prefix', { extension: [said('es', 'a')] }),
    /`prefix`: there are no words/,
  ),
  ofForm('nothing says who checked a language', translate([said('es', 'a')], []), /no `translation-status` for es/),
  ofForm('nothing is said in a language', translate([said('es', 'a')], ['es', 'fa']), /nothing is in fa/),
  ofForm('a language has two states', translate([said('es', 'a')], ['es', 'es']), /the language es stands twice/),
  ofForm(
    'the state is none that is known',
    ({ form, item }) => {
      put(item('headache'), '_text', { extension: [said('es', 'a')] });
      state(form, 'es', 'fine');
    },
    /`translation-status.status` is `fine`: not one of draft, reviewed/,
  ),
  {
    name: 'when a text for patients has a translation without words then it is refused',
    break: ({ plan }) =>
      put(extension(extension(plan, 'patient-text'), 'text'), '_valueString', { extension: [said('es', '')] }),
    refused: { element: 'head', reason: /`valueString`: a translation has no words/ },
    repair: ({ plan }) => {
      put(extension(extension(plan, 'patient-text'), 'text'), '_valueString', { extension: [said('es', 'Llame.')] });
      state(plan, 'es');
    },
  },
]);
