/** What a CDS Hooks answer may not be (conformance NUL, EXT, CRD, SRC, COD, OVR, SEL, SUG, ACT, LNK), as a list of faults. */
import type { Card, CdsResponse, Link, Suggestion } from '../../src/cds-hooks/card.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const MEMBERS: Record<string, string[]> = {
  card: [
    'uuid',
    'summary',
    'detail',
    'indicator',
    'source',
    'suggestions',
    'selectionBehavior',
    'overrideReasons',
    'links',
    'extension',
  ],
  source: ['label', 'url', 'icon', 'topic'],
  coding: ['system', 'code', 'display'],
  suggestion: ['label', 'uuid', 'isRecommended', 'actions'],
  action: ['type', 'description', 'resource', 'resourceId'],
  link: ['label', 'url', 'type', 'appContext'],
};

/** Every fault of an answer; none for a good one. */
export function faultsOf(response: CdsResponse): string[] {
  const uuids = JSON.stringify(response).match(/"uuid":"[^"]*"/g) ?? [];
  return [
    ...members('response', response, ['cards', 'systemActions']),
    ...emptyMembers(response.cards, 'cards', true),
    ...(new Set(uuids).size === uuids.length ? [] : ['a uuid stands twice']),
    ...response.cards.flatMap((card, at) => cardFaults(card).map((fault) => `cards[${at}]: ${fault}`)),
  ];
}

function cardFaults(card: Card): string[] {
  const { summary, detail, indicator, source, suggestions, links = [], extension } = card;
  const length = [...summary].length;
  return [
    ...known('card', card),
    ...check(UUID.test(card.uuid), 'uuid is no UUID'),
    ...check(isText(summary) && length < 140 && !/[\n\r]/.test(summary), `summary of ${length} characters`),
    ...check(isText(detail), 'no detail'),
    ...check(!/<\s*(script|iframe|img)|javascript:\s*\w+\(|\son\w+\s*=/i.test(detail), 'active HTML in detail'),
    ...check(['info', 'warning', 'critical'].includes(indicator), `indicator ${indicator}`),
    ...known('source', source),
    ...check(isText(source.label), 'no source.label'),
    ...check(source.url === undefined || isAbsolute(source.url), `source.url ${source.url}`),
    ...(source.topic ? codingFaults(source.topic, 'source.topic') : []),
    ...(card.overrideReasons ?? []).flatMap((reason) => [
      ...codingFaults(reason, 'overrideReasons'),
      ...check(isText(reason.display), 'an override reason without display'),
    ]),
    ...check(!suggestions === !card.selectionBehavior, 'selectionBehavior does not go with suggestions'),
    ...check(['any', 'at-most-one', undefined].includes(card.selectionBehavior), 'selectionBehavior unknown'),
    ...(suggestions ?? []).flatMap(suggestionFaults),
    ...links.flatMap(linkFaults),
    ...check(typeof extension === 'object' && !Array.isArray(extension), 'extension is no object'),
  ];
}

function suggestionFaults(suggestion: Suggestion): string[] {
  const { label, uuid, actions } = suggestion;
  return [
    ...known('suggestion', suggestion),
    ...check(isText(label), 'a suggestion without label'),
    ...check(UUID.test(uuid), 'a suggestion whose uuid is no UUID'),
    ...check(Array.isArray(actions), `${label}: actions is no list`),
    ...actions.flatMap((action) => [
      ...known('action', action),
      ...check(['create', 'delete'].includes(action.type), `${label}: type ${action.type}`),
      ...check(isText(action.description), `${label}: no description`),
      ...(action.type === 'delete'
        ? check(/^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/.test(action.resourceId), `${label}: ${action.resourceId}`)
        : check(isText(action.resource?.resourceType), `${label}: no resource`)),
    ]),
  ];
}

function linkFaults(link: Link): string[] {
  return [
    ...known('link', link),
    ...check(isText(link.label), 'a link without label'),
    ...check(isAbsolute(link.url) && (link.type === 'smart' || link.url.startsWith('https://')), `link ${link.url}`),
    ...check(['absolute', 'smart'].includes(link.type), `link type ${link.type}`),
    ...check(link.appContext === undefined || link.type === 'smart', 'appContext on a link that is not smart'),
  ];
}

function codingFaults(coding: object, where: string): string[] {
  const { system, code } = coding as Record<string, unknown>;
  return [...known('coding', coding), ...check(isText(system) && isText(code), `${where} without system or code`)];
}

/** NUL-1: no null, "", [] or {} anywhere, save the list of cards itself. */
function emptyMembers(value: unknown, where: string, mayBeEmpty = false): string[] {
  if (value === null || value === '') return [`${where} is ${JSON.stringify(value)}`];
  if (typeof value !== 'object') return [];
  const entries = Object.entries(value);
  if (entries.length === 0) return mayBeEmpty ? [] : [`${where} is ${JSON.stringify(value)}`];
  return entries.flatMap(([key, member]) => emptyMembers(member, `${where}.${key}`));
}

const known = (kind: string, value: object): string[] => members(kind, value, MEMBERS[kind] ?? []);

const members = (kind: string, value: object, names: string[]): string[] =>
  Object.keys(value)
    .filter((name) => !names.includes(name))
    .map((name) => `${kind} has a member ${name}`);

const check = (holds: boolean, fault: string): string[] => (holds ? [] : [fault]);
const isText = (value: unknown): boolean => typeof value === 'string' && /\S/.test(value);
const isAbsolute = (url: string): boolean => URL.canParse(url) && /^https?:/.test(url);
