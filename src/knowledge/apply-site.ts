/** The site's choices over compiled topics; what does not fit them stops the start and is named (docs/site-file.md). */
import { ServiceError } from '../errors.ts';
import { extensionText } from '../fhir/extensions.ts';
import { type SiteCodes, valueSetId, withSiteCodes } from './site-codes.ts';
import { alwaysOn, type LevelGroup, type Topic } from './topic.ts';

/** Choices that depend on the knowledge; names of settings and rules are the plan's. */
export type SiteChoices = {
  routes: Readonly<Record<string, string>>;
  rulesOff: readonly string[];
  services: Readonly<Record<string, unknown>>;
  orderCodes: Readonly<Record<string, unknown>>;
  valueSets: SiteCodes;
};

/**
 * Applies a site's choices to its topics.
 * @throws ServiceError `bad-configuration`, one line for each choice that fits no topic
 */
export function applySite(topics: Topic[], choices: SiteChoices): Topic[] {
  const refused = [...wrongRoutes(topics, choices), ...wrongRules(topics, choices), ...wrongNames(topics, choices)];
  if (refused.length > 0)
    throw new ServiceError('bad-configuration', 'The site file does not fit the knowledge', refused);
  const off = new Set(choices.rulesOff);
  return topics.map((topic) => ({
    ...topic,
    unknown: { ...topic.unknown, ...routesOf(topic, choices) },
    groups: topic.groups.map((group) => ({ ...group, rules: group.rules.filter(({ id }) => !off.has(id)) })),
    orderTerms: withSiteCodes(topic.orderTerms, choices.valueSets),
  }));
}

/** The routes of a topic that the site chose; bound like facts, never unknown. */
const routesOf = ({ siteSettings }: Topic, { routes }: SiteChoices): Record<string, string> =>
  Object.fromEntries(Object.entries(routes).filter(([name]) => siteSettings.some((setting) => setting.name === name)));

function wrongRoutes(topics: Topic[], { routes }: SiteChoices): string[] {
  const settings = topics.flatMap(({ siteSettings }) => siteSettings);
  return Object.entries(routes).flatMap(([name, chosen]) => {
    const setting = settings.find((candidate) => candidate.name === name);
    if (!setting) return [`routes.${name}: no plan leaves this to the site`];
    return setting.options.includes(chosen)
      ? []
      : [`routes.${name}: "${chosen}" is not one of ${setting.options.join(', ')}`];
  });
}

function wrongRules(topics: Topic[], { rulesOff }: SiteChoices): string[] {
  const groups = topics.flatMap((topic) => topic.groups);
  const safe = topics.flatMap(alwaysOn);
  return rulesOff.flatMap((id, at) => {
    const group = groups.find(({ rules }) => rules.some((rule) => rule.id === id));
    if (!group) return [`rulesOff.${at}: ${id} is no rule of any plan`];
    return safe.includes(group) ? [`rulesOff.${at}: ${id} is of the level ${group.code}, which is always on`] : [];
  });
}

function wrongNames(topics: Topic[], { services, orderCodes, valueSets }: SiteChoices): string[] {
  const activities = topics.flatMap(({ allGroups }) => allGroups.flatMap(activitiesOf));
  const sets = new Set(topics.flatMap(({ orderTerms }) => [...orderTerms.sets.keys()].map(valueSetId)));
  const roles = new Set(activities.flatMap((activity) => extensionText(activity, 'service-role') ?? []));
  const ids = new Set(activities.map(({ id }) => id));
  return [
    ...Object.keys(services)
      .filter((role) => !roles.has(role))
      .map((role) => `services.${role}: no action names this role (${[...roles].sort().join(', ')})`),
    ...Object.keys(orderCodes)
      .filter((id) => !ids.has(id))
      .map((id) => `orderCodes.${id}: no rule proposes this action`),
    ...Object.keys(valueSets)
      .filter((id) => !sets.has(id))
      .map((id) => `valueSets.${id}: no order is looked up in a ValueSet of this id`),
  ];
}

const activitiesOf = ({ rules }: LevelGroup) =>
  rules.flatMap(({ actions }) => actions.flatMap(({ activity }) => activity ?? []));
