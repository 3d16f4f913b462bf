/** What a person sees of the authorization server: for whom the app is opened, or why it is not. */

export type Person = { readonly id: string; readonly name: string };

/** Standalone launch: choose a patient. @param address of the request; a choice is the same with `patient` or `denied` added */
export function pickerPage(address: string, people: readonly Person[]): string {
  const choice = (parameter: string, value: string, text: string) => {
    const chosen = new URL(address, 'http://localhost');
    chosen.searchParams.set(parameter, value);
    return `<li><a href="${escaped(chosen.pathname + chosen.search)}">${escaped(text)}</a></li>`;
  };
  const items = people.map(({ id, name }) => choice('patient', id, name));
  const no = choice('denied', 'true', 'Nobody: do not let the form in');
  return page(
    'For whom is the form?',
    `<p>Synthetic patients of the demonstration.</p><ul>${items.join('')}${no}</ul>`,
  );
}

export const refusalPage = (why: string): string => page('The app is not opened', `<p>${escaped(why)}</p>`);

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title}</title><link rel="stylesheet" href="picker.css"></head>
<body><main><h1>${title}</h1>${content}</main></body></html>`;

export const PICKER_STYLE = `body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:40rem;padding:1rem}
ul{list-style:none;padding:0}a{display:block;padding:.6rem 0;min-height:1.5rem}
:focus-visible{outline:3px solid;outline-offset:2px}`;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
