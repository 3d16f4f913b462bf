/** Whether a curve is flat: a line through the lowest values of its stretches, for memory swings between collections. */

export type Point = { seconds: number; value: number };

/** The lowest point of each stretch of so many seconds. */
export function floors(points: Point[], stretch: number): Point[] {
  const lowest = new Map<number, Point>();
  for (const point of points) {
    const at = Math.floor(point.seconds / stretch);
    const known = lowest.get(at);
    if (!known || point.value < known.value) lowest.set(at, point);
  }
  return [...lowest.values()];
}

/** The slope of the line of least squares, per second; 0 for fewer than two points. */
export function slope(points: Point[]): number {
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [middle, level] = [mean(({ seconds }) => seconds), mean(({ value }) => value)];
  const spread = points.reduce((sum, { seconds }) => sum + (seconds - middle) ** 2, 0);
  const rise = points.reduce((sum, { seconds, value }) => sum + (seconds - middle) * (value - level), 0);
  return spread === 0 ? 0 : rise / spread;
}
