/** The command line of `npm run bench`. */
import { parseArgs } from 'node:util';

/** Beside the base, which is always measured: every ratio is to the bare server of the same run. */
const PARTS = ['guards', 'workers', 'fallback', 'batch', 'curve'] as const;
type PartName = (typeof PARTS)[number];

export type BenchOptions = {
  serviceCommand: string[] | undefined;
  questionnaire: string;
  bodies: number;
  seconds: number;
  starts: number;
  has: (part: PartName) => boolean;
  /** Sizes of populations, in order; empty = no batch. */
  batchPatients: number[];
  check: boolean;
  accept: boolean;
};

/** @throws when an option is not known */
export function benchOptions(args: string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      /** Measures another server in the place of the service, e.g. `node dist/bench/bare-server.js`. */
      'service-command': { type: 'string' },
      questionnaire: { type: 'string', default: 'questionnaires/back-pain-triage.json' },
      bodies: { type: 'string', default: '200' },
      seconds: { type: 'string', default: '3' },
      starts: { type: 'string', default: '5' },
      /** Only these beside the base, e.g. `guards,fallback`; `none` for the base alone. */
      parts: { type: 'string', default: PARTS.join(',') },
      /** A hundred thousand patients are 800 MB on disk, twice, and more than a minute; 0 leaves them out. */
      'batch-patients': { type: 'string', default: '10000,100000' },
      /** Ends with 1 when a ratio is more than a fifth worse than in bench/accepted.json. */
      check: { type: 'boolean', default: false },
      /** Writes bench/accepted.json. */
      accept: { type: 'boolean', default: false },
    },
  });
  const wanted = partsIn(values.parts);
  return {
    serviceCommand: values['service-command']?.split(' '),
    questionnaire: values.questionnaire,
    bodies: bounded(values.bodies, 2000),
    seconds: bounded(values.seconds, 60),
    starts: bounded(values.starts, 20),
    has: (part) => wanted.includes(part),
    batchPatients: wanted.includes('batch') ? sizesIn(values['batch-patients']) : [],
    check: values.check,
    accept: values.accept,
  };
}

const bounded = (text: string, most: number) => Math.min(Math.max(Number(text) || 1, 1), most);

function partsIn(text: string): string[] {
  const names = text === 'none' ? [] : text.split(',');
  const unknown = names.filter((name) => !PARTS.some((part) => part === name));
  if (unknown.length > 0) throw new Error(`--parts: ${unknown.join(', ')} is none of ${PARTS.join(', ')}`);
  return names;
}

function sizesIn(text: string): number[] {
  const sizes = text.split(',').map(Number);
  if (sizes.some((size) => !Number.isInteger(size) || size < 0)) throw new Error('--batch-patients: whole numbers');
  return sizes.filter((size) => size > 0).sort((a, b) => a - b);
}
