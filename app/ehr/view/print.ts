/** Times and durations as the page shows them. */
const MOMENT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

export const printMoment = (at: number): string => (Number.isNaN(at) ? 'at an unknown time' : MOMENT.format(at));

export const printMs = (milliseconds: number): string => `${Math.round(milliseconds)} ms`;
