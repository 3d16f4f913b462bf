/** What a plan says of moments of care: words of levels at hooks, notes, the private card, choices of the site. */
import { milliseconds } from '../fhir/durations.ts';
import {
  extensionExpression,
  extensionNamed,
  extensionsNamed,
  extensionText,
  extensionTexts,
} from '../fhir/extensions.ts';
import type { Coding, Extension, PlanDefinition, PlanDefinitionAction } from '../fhir/types.ts';
import { compiled, type RuleContext } from './read-rule.ts';
import type { AtHook, HookCondition, HookNote, Indicator, LevelHistory, PrivateCard, SiteSetting } from './topic.ts';

/** How hooks say a level. */
export function readAtHook(group: PlanDefinitionAction): AtHook[] {
  return extensionsNamed(group, 'at-hook').flatMap((extension) =>
    extensionTexts(extension, 'hook').map((hook) => ({
      hook,
      when: (extensionText(extension, 'when') ?? 'always') as HookCondition,
      indicator: (extensionText(extension, 'indicator') ?? 'info') as Indicator,
      words: extensionText(extension, 'words') ?? '',
    })),
  );
}

/** Services that may not be booked at a level. */
export const readWrongServices = (group: PlanDefinitionAction): Coding[] =>
  extensionsNamed(group, 'wrong-service').flatMap(({ valueCoding }) => valueCoding ?? []);

/** The lines that hooks add. */
export function readHookNotes(plan: PlanDefinition, context: RuleContext): HookNote[] {
  return extensionsNamed(plan, 'hook-note').map((note) => {
    const told = extensionText(note, 'patient-text');
    return {
      hooks: extensionTexts(note, 'hook'),
      title: extensionText(note, 'title'),
      text: extensionText(note, 'text') ?? '',
      forPatient: told === undefined ? undefined : context.texts.get(told),
      when: compiled(extensionExpression(note, 'when'), 'hook-note', context),
      encounterClasses: extensionTexts(note, 'encounter-class'),
    };
  });
}

/** The private card's neutral words; a plan with private rules has them (lint). */
export function readPrivateCard(plan: PlanDefinition): PrivateCard {
  const card = extensionNamed(plan, 'private-card');
  return {
    hooks: extensionTexts(card, 'hook'),
    summary: extensionText(card, 'summary') ?? '',
    ask: extensionText(card, 'ask') ?? '',
    instruction: extensionText(card, 'instruction') ?? '',
  };
}

/** Where it is said that the level rose; nowhere unless the plan says so. */
export function readLevelHistory(plan: PlanDefinition): LevelHistory {
  const history = extensionNamed(plan, 'level-history');
  return { hooks: extensionTexts(history, 'hook'), gap: durationOf(extensionNamed(history, 'gap')) ?? 0 };
}

/** The choices that a plan leaves to the site. */
export const readSiteSettings = (plan: PlanDefinition): SiteSetting[] =>
  extensionsNamed(plan, 'site-setting').map((setting) => ({
    name: extensionText(setting, 'name') ?? '',
    options: extensionTexts(setting, 'option'),
  }));

/** Milliseconds of a Duration extension. */
export const durationOf = (extension: Extension | undefined): number | undefined =>
  milliseconds(extension?.valueDuration);
