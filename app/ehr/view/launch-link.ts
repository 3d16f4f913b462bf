/** A link that launches an app; in a new tab it opens the app without a launch, which then asks for whom. */
import { element } from '../../shared/element.ts';

export function launchLink(text: string, { url, launch }: { url: string; launch: () => Promise<void> }): HTMLElement {
  const anchor = element('a', { href: url, class: 'launch' }, text);
  const said = element('span', { role: 'status' });
  anchor.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    launch().catch(() => {
      said.textContent = ' The app could not be launched.';
    });
  });
  return element('span', {}, anchor, said);
}
