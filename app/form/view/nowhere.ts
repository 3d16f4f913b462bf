/** The page was opened without a health record, or was not let in: where it can be opened from. */
import { element, link } from '../../shared/element.ts';
import type { Start } from '../service.ts';
import type { Words } from '../words.ts';

export function nowhere(why: 'nowhere' | 'unknown-server' | 'not-opened', { apps }: Start, words: Words): HTMLElement {
  const reason = { nowhere: words.noPatient, 'unknown-server': words.unknownServer, 'not-opened': words.notOpened }[
    why
  ];
  const ways = apps.map(({ iss, name }) => {
    const address = new URL(`?${new URLSearchParams({ iss })}`, location.href);
    return element('li', {}, link(name ?? new URL(iss).host, address.href));
  });
  return element(
    'div',
    { class: 'step' },
    element('h1', { tabindex: '-1' }, words.title),
    element('p', {}, reason),
    ways.length > 0 && why !== 'nowhere' && element('p', {}, `${words.retry}:`),
    ways.length > 0 && element('ul', {}, ...ways),
  );
}
