/** How the core's time grows with the length of the chart: at most as fast as the number of Observations. */
import type { Questionnaire } from '../../src/fhir/types.ts';
import { requestBodies } from '../body.ts';
import { longRecord } from '../chart.ts';
import { measureCore } from '../core.ts';
import { decideOnce } from '../decide-once.ts';
import { head, row } from '../figures.ts';
import type { Part } from '../part.ts';

const SIZES = [40, 400, 4_000];
const PERSONS = 10;

/** Microseconds per decision at one number of Observations. */
type Point = { observations: number; microseconds: number };

export async function measureCurve(questionnaire: Questionnaire, now: Date): Promise<Point[]> {
  const points: Point[] = [];
  for (const observations of SIZES) {
    const bodies = requestBodies(questionnaire, PERSONS, now, (person) => longRecord(person, observations));
    points.push({ observations, microseconds: await measureCore(decideOnce(bodies)) });
  }
  return points;
}

/** The growth is beside the factor by which the chart grew. */
export function curvePart(points: Point[]): Part {
  const growths = points.map((point, at) => {
    const before = points[at - 1];
    return (
      before && { time: point.microseconds / before.microseconds, chart: point.observations / before.observations }
    );
  });
  const atMostLinear = growths.every((growth) => !growth || growth.time <= growth.chart);
  return {
    table: [
      ...head('Observations', 'core, µs per decision', 'grew by', 'chart grew by'),
      ...points.map(({ observations, microseconds }, at) => {
        const growth = growths[at];
        const factors = growth ? [growth.time.toFixed(2), growth.chart.toFixed(0)] : ['–', '–'];
        return row(`${observations}`, microseconds.toFixed(0), ...factors);
      }),
    ],
    ratios: {},
    aims: [`core grows at most linearly: ${atMostLinear ? 'yes' : 'no'}`],
  };
}
