/** A level as people see it. */
import { element } from '../../shared/element.ts';
import type { Plan } from '../service.ts';

/** @param code undefined = no rule speaks */
export function levelBadge({ levels }: Plan, code: string | undefined): HTMLElement {
  const level = levels.find((one) => one.code === code);
  return element(
    'span',
    { class: 'badge', 'data-indicator': level?.indicator ?? 'none' },
    level?.title ?? code ?? 'No level',
  );
}
