/** Names: known where they are read, given once, and not taken. */
import { add, type Base, define, extension, fires, put, refuses } from './base.ts';

const expression = (text: string) => ({ valueExpression: { language: 'text/fhirpath', expression: text } });
/** Gives an item's expression another text. */
const says = (base: Base, linkId: string, name: string, text: string) =>
  Object.assign(extension(base.item(linkId), name), expression(text));

refuses([
  {
    name: 'when a rule reads an unknown name then it is refused',
    break: ({ action }) => fires(action('H02'), '%strong and %hedache'),
    refused: { element: 'H02', reason: /`%hedache` is no item/ },
    repair: ({ action }) => fires(action('H02'), '%strong and %headache'),
  },
  {
    name: 'when a variable reads a later one then order matters',
    break: ({ plan }) => define(plan, 'signStiffNeck', '%headache and %strong'),
    refused: { element: 'signStiffNeck', reason: /`%strong` is not yet defined/ },
    repair: ({ plan }) => define(plan, 'strong', '%headache and %signStiffNeck'),
  },
  {
    name: 'when a rule reads an alternative of another rule then it is unknown there',
    break: ({ action }) => fires(action('H02'), '%H01a'),
    refused: { element: 'H02', reason: /`%H01a` is no item/ },
    repair: ({ action }) => {
      define(action('H01'), 'H01d', '%H01a and %strong');
      fires(action('H01'), '%H01a or %H01b or %H01c or %H01d');
    },
  },
  {
    name: 'when set-by reads a variable then it is refused',
    break: (base) => says(base, 'confused', 'set-by', '%strong'),
    refused: { in: 'form', element: 'confused', reason: /variable `%strong`: `set-by` reads facts only/ },
    repair: (base) => says(base, 'confused', 'set-by', '%strength >= 7 or %unrousable'),
  },
  {
    name: 'when set-by reads a fact that is set itself then it is refused',
    break: ({ item }) => add(item('fall'), 'set-by', expression('%confused')),
    refused: { in: 'form', element: 'fall', reason: /none that is set itself/ },
    repair: ({ item }) => add(item('fall'), 'set-by', expression('%unrousable')),
  },
  {
    name: 'when set-by reads the setting then it is refused',
    break: (base) => says(base, 'confused', 'set-by', '%unrousable and %faceToFace'),
    refused: { in: 'form', element: 'confused', reason: /`%faceToFace`: `set-by` reads facts only/ },
  },
  {
    name: 'when a closing item asks what the rules found then it is refused',
    break: (base) => says(base, 'headache', 'closing-when', "%reached contains 'now'"),
    refused: { in: 'form', element: 'headache', reason: /`%reached`.*evaluated before the rules/ },
    repair: (base) => says(base, 'headache', 'closing-when', '%strong or %gatePreg'),
  },
  {
    name: 'when closed-by reads the decision through a variable then it is refused',
    break: (base) => says(base, 'strength', 'closed-by', '%quiet'),
    refused: { in: 'form', element: 'strength', reason: /`%reached`/ },
  },
  {
    name: 'when inPathway reads the decision then it is refused',
    break: ({ plan }) => define(plan, 'inPathway', '%allClosed'),
    refused: { element: 'inPathway', reason: /evaluated before the rules/ },
    repair: ({ plan }) => define(plan, 'inPathway', "%gatePreg or %responseStatus = 'completed'"),
  },
  {
    name: 'when the variable that decides on the gate reads the gate then it is refused',
    break: ({ plan }) => define(plan, 'discord', '%headache and %gatePoss'),
    refused: { element: 'discord', reason: /`%gatePoss`.*decides on the gate/ },
    repair: ({ plan }) => define(plan, 'discord', "%headache and %pregnancyStatus = 'not'"),
  },
  {
    name: 'when it reads gestation through another variable then it is refused',
    break: ({ plan }) => {
      define(plan, 'strong', '%strength >= 7 and %gestationMin > 97');
    },
    refused: { element: 'discord', reason: /`%gestationMin`/ },
  },
  {
    name: 'when an urgent rule reads the decision then it is refused',
    break: ({ action }) => define(action('H01'), 'H01a', "%headache and %raised contains 'today'"),
    refused: { element: 'H01.H01a', reason: /`%raised`.*may not depend on/ },
    repair: ({ action }) => fires(action('H02'), "%headache and %raised contains 'today'"),
  },
  {
    name: 'when an urgent rule reads it through a variable then it is refused',
    break: ({ action }) => define(action('H01'), 'H01a', '%headache and %silent'),
    refused: { element: 'H01.H01a', reason: /`%reached`/ },
  },
]);

refuses([
  {
    name: 'when two items have one linkId then it is refused',
    break: ({ item }) => put(item('place'), 'linkId', 'fall'),
    refused: { in: 'form', element: 'fall', reason: /two items/ },
  },
  {
    name: 'when a linkId cannot be a name then it is refused',
    break: ({ item }) => put(item('calm'), 'linkId', 'calm-now'),
    refused: { in: 'form', element: 'calm-now', reason: /camelCase/ },
    repair: ({ item }) => put(item('calm'), 'linkId', 'calmNow'),
  },
  {
    name: 'when an item takes a name of the engine then it is refused',
    break: ({ item }) => put(item('calm'), 'linkId', 'faceToFace'),
    refused: { in: 'form', element: 'faceToFace', reason: /engine gives this name/ },
  },
  {
    name: 'when an item is called like the status without being it then it is refused',
    break: ({ item }) => put(item('calm'), 'linkId', 'pregnancyStatus'),
    refused: { in: 'form', element: 'pregnancyStatus', reason: /engine gives this name/ },
    repair: ({ item }) => {
      put(item('calm'), 'linkId', 'pregnancyStatus');
      add(item('pregnancyStatus'), 'pregnancy-role', { valueCode: 'status' });
    },
  },
  {
    name: 'when two variables have one name then it is refused',
    break: ({ plan }) => add(plan, 'variable', { ...expression('%fall'), ...named('strong') }),
    refused: { element: 'strong', reason: /two variables/ },
    repair: ({ plan }) => add(plan, 'variable', { ...expression('%fall'), ...named('stronger') }),
  },
  {
    name: 'when a variable is called like an item then it is refused',
    break: ({ plan }) => define(plan, 'fall', '%headache'),
    refused: { element: 'fall', reason: /an item has this name/ },
  },
  {
    name: 'when a variable is called like a name of the engine then it is refused',
    break: ({ plan }) => define(plan, 'gateOut', '%headache'),
    refused: { element: 'gateOut', reason: /engine gives this name/ },
  },
  {
    name: 'when a variable is called like a name of FHIRPath then it is refused',
    break: ({ plan }) => define(plan, 'resource', '%headache'),
    refused: { element: 'resource', reason: /FHIRPath gives this name/ },
  },
  {
    name: 'when two rules have one id then it is refused',
    break: ({ action }) => put(action('H03'), 'id', 'H02'),
    refused: { element: 'H02', reason: /two actions/ },
  },
  {
    name: 'when two child actions have one id then it is refused',
    break: ({ action }) => put(action('H01-form'), 'id', 'H01-call'),
    refused: { element: 'H01-call', reason: /two actions/ },
  },
  {
    name: 'when two resources have one url then it is refused',
    break: ({ activity, form }) => put(activity, 'url', form.url),
    refused: { in: 'actions', element: 'AC-CALL', reason: /used twice/ },
  },
]);

function named(name: string) {
  return { valueExpression: { name, language: 'text/fhirpath', expression: '%fall' } };
}
