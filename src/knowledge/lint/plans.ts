/** A plan can be served: identified, titled, with forms that exist and a moment at which it is called. */
import { instantRange } from '../../fhir/dates.ts';
import { extensionsNamed, extensionText, extensionTexts } from '../../fhir/extensions.ts';
import type { Problem } from '../sources.ts';
import { problems, type Subject } from './subject.ts';

/** Findings about a plan as a whole. */
export function wrongPlan({ topic, plan, file }: Subject): Problem[] {
  const required: [unknown, string][] = [
    [plan.id, 'id (the CDS service id)'],
    [plan.url, 'url'],
    [plan.version, 'version'],
    [plan.title, 'title'],
    [topic.coding?.code, 'topic code'],
    [topic.hooks.length, 'trigger: nothing would ever call it'],
  ];
  const forms = (plan.relatedArtifact ?? []).filter(({ type }) => type === 'depends-on');
  const urls = new Set(topic.questionnaires.map(({ url }) => url));
  const missing = forms.filter(({ resource }) => !urls.has(resource?.split('|')[0]));
  return problems(file, topic.id || 'PlanDefinition', [
    ...required.filter(([part]) => !part).map(([, name]) => `the plan has no ${name}`),
    ...(forms.length === 0 ? ['the plan names no Questionnaire in `relatedArtifact` (depends-on)'] : []),
    ...missing.map(({ resource }) => `depends on ${resource}, which is no Questionnaire here`),
    ...(wrongEnd(plan.effectivePeriod?.end)
      ? ['effectivePeriod.end is no FHIR date: nobody would learn that it passed']
      : []),
    ...repeatedTexts(),
  ]);

  /** A text for a gate stands beside the general one of its code; each once. */
  function repeatedTexts(): string[] {
    const keys = extensionsNamed(plan, 'patient-text').flatMap((text) => {
      const gates = extensionTexts(text, 'gate');
      return (gates.length > 0 ? gates : ['']).map((gate) => `${extensionText(text, 'code')} ${gate}`.trim());
    });
    const notes = extensionsNamed(plan, 'gate-note').map((note) => extensionText(note, 'gate') ?? '');
    const twice = (names: string[]) => [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
    return [
      ...twice(keys).map((key) => `two texts for patients are called ${key}`),
      ...twice(notes).map((gate) => `two notes for the gate ${gate}`),
    ];
  }
}

const wrongEnd = (end: string | undefined): boolean => end !== undefined && instantRange(end, 'UTC') === undefined;
