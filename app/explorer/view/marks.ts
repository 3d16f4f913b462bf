/** `**strong**` and `` `code` `` in the words of the service, as elements; everything else stays text. */
import { element } from '../../shared/element.ts';

export function marked(words: string): Node[] {
  return words
    .split(/(\*\*[^*]+\*\*|`[^`]+`)/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      if (/^\*\*.+\*\*$/.test(piece)) return element('strong', {}, piece.slice(2, -2));
      return /^`.+`$/.test(piece) ? element('code', {}, piece.slice(1, -1)) : new Text(piece);
    });
}

/** A list of lines; nothing for none. */
export const lines = (all: string[]): HTMLElement | undefined =>
  all.length === 0 ? undefined : element('ul', {}, ...all.map((line) => element('li', {}, ...marked(line))));
