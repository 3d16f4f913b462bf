/** Changing one threshold in the plan changes the card, without touching code. */
import { afterEach, expect, test } from '@jest/globals';
import { EXTENSION_NAME } from '../src/cds-hooks/card.ts';
import { compileKnowledge, readKnowledgeFiles } from '../src/knowledge/load.ts';
import { type ClinicalCase, hookRequestOf } from './harness/case.ts';
import { type RunningService, startService } from './harness/service.ts';

let service: RunningService | undefined;
afterEach(() => service?.close());

const painOfSix: ClinicalCase = {
  title: 'pain 6 at 24+0, the same as usual',
  spec: 'C.1 U03 a: severity 7 or more',
  gestation: '24+0',
  located: true,
  form: { base: 'clear', answers: { severity: 6 } },
  expect: {},
};

async function firedWith(edit: (plan: string) => string): Promise<string[]> {
  const files = readKnowledgeFiles('.').map(({ file, resource }) => ({
    file,
    resource: file.endsWith('back-pain-in-pregnancy.json') ? JSON.parse(edit(JSON.stringify(resource))) : resource,
  }));
  const topics = compileKnowledge(files);
  service = await startService({ topics });
  const { cards } = await service.call(hookRequestOf(painOfSix, topics[0]?.questionnaires ?? []));
  return cards[0]?.extension[EXTENSION_NAME].fired ?? [];
}

test('when the threshold is 7 then a pain of 6 does not fire the rule', async () => {
  expect(await firedWith((plan) => plan)).not.toContain('U03');
});

test('when the threshold in the plan is 6 then it does', async () => {
  const lowered = (plan: string) => {
    const edited = plan.replace(/("name":"U03a"[^}]*)%severity >= 7/, '$1%severity >= 6');
    expect(edited).not.toBe(plan);
    return edited;
  };
  expect(await firedWith(lowered)).toContain('U03');
});
