/** Service roles of actions, bound to the site's names and phones (spec A23). */
import { extensionText } from '../fhir/extensions.ts';
import type { RuleAction } from '../knowledge/topic.ts';
import type { CardSettings } from './card-context.ts';

/** Said when the site has given no phone: a field is never empty. */
const NO_PHONE = 'local emergency number';

/** The action in words, with whom to call. */
export function withService({ title, activity }: RuleAction, { services = {} }: CardSettings): string {
  const role = extensionText(activity, 'service-role');
  if (role === undefined) return title;
  const service = Object.hasOwn(services, role) ? services[role] : undefined;
  return `${title}: ${service?.name ? `${service.name}, ` : ''}${service?.phone ?? NO_PHONE}`;
}
