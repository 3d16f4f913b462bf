/** Code systems of a topic, beside its plan. */

/** The canonical base of a topic's resources. */
export const baseOf = (url: string): string => url.split('/').slice(0, -2).join('/');

/** The system whose codes are the ids of a topic's rules. */
export const ruleSystem = ({ url, id }: { url: string; id: string }): string => `${baseOf(url)}/CodeSystem/${id}-rule`;
