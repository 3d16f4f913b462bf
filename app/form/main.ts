import { begin } from './begin.ts';
import { fill, remember } from './filling.ts';
import { openFrom } from './open.ts';
import { startOf } from './service.ts';
import { drawFrame, failure, showScreen } from './view/frame.ts';
import { nowhere } from './view/nowhere.ts';
import { chosenLanguage, wordsOf } from './words.ts';

const address = new URL(location.href);
const asked = address.searchParams.get('lang') ?? sessionStorage.getItem('lang');
void start(chosenLanguage(asked, navigator.languages));

async function start(lang: string): Promise<void> {
  const words = wordsOf(lang);
  const chosen = (other: string) => {
    remember(other);
    void start(other);
  };
  sessionStorage.setItem('lang', lang);
  drawFrame(lang, words, {}, { choose: chosen });
  showScreen(failure(words.loading, '', words), words.title, false);
  try {
    const known = await startOf(lang, address.searchParams.get('questionnaire'));
    drawFrame(lang, words, known.contacts, { choose: chosen });
    const opened = await openFrom(address, known);
    if (opened.kind === 'record') fill(await begin(known, opened.record, opened.context, lang));
    else if (opened.kind !== 'leaving') showScreen(nowhere(opened.kind, known, words), words.title);
  } catch {
    // Whatever it was: the person cannot mend it, but may try again, and is told where help is.
    showScreen(
      failure(words.failed, words.failedWhy, words, () => void start(lang)),
      words.title,
    );
  }
}
