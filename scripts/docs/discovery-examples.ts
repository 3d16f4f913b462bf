/** What discovery says, and the prefetch keys as a table. */
import type { Service } from '../../src/cds-hooks/service.ts';
import { code } from '../../src/explorer/words/marks.ts';
import type { Ask } from './ask.ts';
import { answerJson } from './fences.ts';
import { table } from './markdown.ts';
import { shortened } from './shorten.ts';

export async function discoveryExamples({ service }: Ask): Promise<[string, string][]> {
  const response = await fetch(`${service.base}/cds-services`);
  const { services } = (await response.json()) as { services: Service[] };
  return [
    ['discovery', answerJson({ services: services.slice(0, 1) })],
    ['prefetch', prefetchTable(services)],
  ];
}

function prefetchTable(services: Service[]): string {
  const keys = [...new Set(services.flatMap(({ prefetch }) => Object.keys(prefetch)))];
  return table(
    ['key', 'query', 'at'],
    keys.map((key) => {
      const asking = services.filter(({ prefetch }) => prefetch[key] !== undefined);
      const everywhere = asking.length === services.length;
      return [
        code(key),
        code(String(shortened(asking[0]?.prefetch[key] ?? ''))),
        everywhere ? 'every hook' : asking.map(({ hook }) => hook).join(', '),
      ];
    }),
  );
}
