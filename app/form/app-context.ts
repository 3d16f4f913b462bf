/** What a card's link says (CDS Hooks 2.0.1, Link.appContext): a hint from outside, so it is checked. */

export type AppContext = {
  questionnaire?: string;
  /** Names of open questions; when there are any, only these are asked. */
  open: string[];
};

const LINK_ID = /^[A-Za-z][\w-]{0,99}$/;
const MOST = 200;

/** @param known canonicals of the forms that are served. Anything unexpected counts as nothing said */
export function readAppContext(sent: unknown, known: readonly string[]): AppContext {
  const said = typeof sent === 'string' ? parsed(sent) : sent;
  if (typeof said !== 'object' || said === null) return { open: [] };
  const { questionnaire, open } = said as Record<string, unknown>;
  const names = Array.isArray(open) ? open.filter((name) => typeof name === 'string' && LINK_ID.test(name)) : [];
  return {
    ...(typeof questionnaire === 'string' && known.includes(questionnaire) && { questionnaire }),
    open: names.slice(0, MOST) as string[],
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
