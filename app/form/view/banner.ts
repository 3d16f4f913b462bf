/** What to do now: shown the moment an answer calls for it, before everything else on the screen. */
import { type Child, element } from '../../shared/element.ts';
import type { Raised } from '../model/alerts.ts';
import type { Session } from '../session.ts';
import { callButtons } from './call.ts';
import { told } from './spoken.ts';

/** Undefined when nothing calls for it. */
export function banner(raised: readonly Raised[], { words, start }: Session): HTMLElement | undefined {
  if (raised.length === 0) return undefined;
  const isNow = raised.some(({ kind }) => kind === 'now');
  const counted = raised.filter(({ kind }) => !isNow || kind === 'now');
  const net = new Set(start.safetyNet.map(({ text }) => text));
  const texts = new Map(counted.flatMap(({ alert }) => alert.tell).map((one) => [one.text, one]));
  const lines: Child[][] = [...texts.values()].filter(({ text }) => !net.has(text)).map((one) => told(one, words));
  return element(
    'section',
    {
      class: 'alert',
      role: 'alert',
      'data-indicator': isNow ? 'critical' : 'warning',
      'data-rules': counted.map(({ alert }) => alert.rule).join(' '),
    },
    element('h2', {}, isNow ? words.alertNow : words.alertMaybe),
    ...lines.map((line) => element('p', { class: 'say' }, ...line)),
    callButtons(start.contacts, words),
    element('p', { class: 'quiet' }, words.alertBecause),
  );
}
