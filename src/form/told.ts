/** Texts for patients as a page shows them. */
import { serves, wordsIn } from '../fhir/translations.ts';
import { wordingIn } from '../knowledge/read-patient-texts.ts';
import type { Gate, PatientText, Topic, Words } from '../knowledge/topic.ts';

/** `lang` is said when the words are in another language than was asked for. */
export type Told = { text: string; lang?: string };

/** Knowledge is written in English unless it says otherwise. */
const AUTHORED = 'en';

/** The wording of the gate, each text once. */
export function toldTo(texts: PatientText[], gates: ReadonlySet<Gate>, lang: string | undefined): Told[] {
  const [gate = ''] = gates;
  const told = texts.map((text) => inLanguage(wordingIn(text, gate), lang));
  return [...new Map(told.map((one) => [one.text, one])).values()];
}

function inLanguage({ text, translations }: Words, lang: string | undefined): Told {
  if (lang === undefined || serves(AUTHORED, lang)) return { text };
  const words = wordsIn(translations, lang);
  return words === undefined ? { text, lang: AUTHORED } : { text: words };
}

/** What is told to everybody who leaves, whatever was found. */
export const safetyNet = ({ hookNotes }: Topic): PatientText[] =>
  hookNotes.flatMap(({ forPatient, when }) => (forPatient && !when ? [forPatient] : []));
