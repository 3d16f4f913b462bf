/** What a plan says of moments of care can be reached, and leaves nothing unsaid. */
import { extensionsNamed, extensionText } from '../../fhir/extensions.ts';
import type { Problem } from '../sources.ts';
import type { AtHook } from '../topic.ts';
import { HOOK_NOTE } from './places.ts';
import { problems, type Subject } from './subject.ts';
import { textsOf, untold } from './told-texts.ts';

const NAME = /^[a-z][A-Za-z0-9]*$/;

/** Findings about words at hooks, notes, the private card and choices of the site. */
export function wrongMoments(subject: Subject): Problem[] {
  const { topic, file } = subject;
  return [
    ...topic.groups.flatMap(({ code, atHook }) => problems(file, code, wrongWords(atHook, topic.hooks))),
    ...problems(file, HOOK_NOTE, wrongNotes(subject)),
    ...problems(file, topic.id, [...wordlessCard(subject), ...wrongSettings(subject), ...unusedHistory(subject)]),
  ];
}

function wrongWords(atHook: AtHook[], hooks: string[]): string[] {
  return atHook.flatMap(({ hook, when }, at) => {
    const before = atHook.slice(0, at).filter((words) => words.hook === hook);
    return [
      ...(hooks.includes(hook) ? [] : [`\`at-hook\` names ${hook}, at which the plan is never called`]),
      ...(before.some((words) => words.when === 'always' || words.when === when)
        ? [`\`at-hook\` ${when} at ${hook} is never reached: what stands before it always holds`]
        : []),
    ];
  });
}

function wrongNotes({ topic, plan }: Subject): string[] {
  const texts = textsOf(plan);
  const notes = extensionsNamed(plan, HOOK_NOTE).flatMap((note) => {
    const [text, told] = [extensionText(note, 'text'), extensionText(note, 'patient-text')];
    if ((text === undefined) === (told === undefined)) return ['a note has either `text` or `patient-text`'];
    return untold(told === undefined ? [] : [told], texts);
  });
  const never = topic.hookNotes.flatMap(({ hooks }) => hooks.filter((hook) => !topic.hooks.includes(hook)));
  return [...notes, ...never.map((hook) => `names ${hook}, at which the plan is never called`)];
}

function wordlessCard({ topic, plan }: Subject): string[] {
  const isPrivate = topic.groups.some(({ rules }) => rules.some((rule) => rule.private));
  const hasWords = extensionsNamed(plan, 'private-card').length > 0;
  return isPrivate && !hasWords ? ['rules read confidential facts, and the plan has no `private-card`'] : [];
}

function wrongSettings({ topic }: Subject): string[] {
  const names = topic.siteSettings.map(({ name }) => name);
  return topic.siteSettings.flatMap(({ name, options }, at) => [
    ...(NAME.test(name) ? [] : [`\`site-setting\` ${name} is not camelCase: expressions read it as %${name}`]),
    ...(names.indexOf(name) === at ? [] : [`two \`site-setting\` are called ${name}`]),
    ...(topic.factByName.has(name) ? [`\`site-setting\` ${name} has the name of an item`] : []),
    ...(options.length > 1 ? [] : [`\`site-setting\` ${name} leaves no choice: one option`]),
  ]);
}

const unusedHistory = ({ topic: { levelHistory, hooks } }: Subject): string[] =>
  levelHistory.hooks
    .filter((hook) => !hooks.includes(hook))
    .map((hook) => `\`level-history\` names ${hook}, at which the plan is never called`);
