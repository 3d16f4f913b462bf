/** `enableWhen` asks for an answer that can be given. */
import { type Base, put, refuses } from './base.ts';

const YES = { system: 'http://terminology.hl7.org/CodeSystem/v2-0532', code: 'Y', display: 'Yes' };
const asks = (base: Base, change: object) => Object.assign(base.item('dazed').enableWhen?.[0] ?? {}, change);

refuses([
  {
    name: 'when enableWhen names no question then it is refused',
    break: (base) => asks(base, { question: 'groupHead' }),
    refused: { in: 'form', element: 'dazed', reason: /groupHead, which is no question/ },
  },
  {
    name: 'when enableWhen asks the item itself then it is refused',
    break: (base) => asks(base, { question: 'dazed' }),
    refused: { in: 'form', element: 'dazed', reason: /about itself/ },
  },
  {
    name: 'when enableWhen asks for what is no option then it is refused',
    break: (base) => asks(base, { answerCoding: { ...YES, code: 'maybe' } }),
    refused: { in: 'form', element: 'dazed', reason: /maybe, which is no option of fall/ },
  },
  {
    name: 'when enableWhen asks for an answer of another type then it is refused',
    break: (base) => asks(base, { answerCoding: undefined, answerBoolean: true }),
    refused: { in: 'form', element: 'dazed', reason: /instead of answerCoding/ },
  },
  {
    name: 'when enableWhen orders options then it is refused',
    break: (base) => asks(base, { operator: '>' }),
    refused: { in: 'form', element: 'dazed', reason: /have no order/ },
  },
  {
    name: 'when several enableWhen are not joined then it is refused',
    break: ({ item }) =>
      put(item('place'), 'enableWhen', [
        { question: 'headache', operator: '=', answerCoding: YES },
        { question: 'strength', operator: '>', answerInteger: 3 },
      ]),
    refused: { in: 'form', element: 'place', reason: /without `enableBehavior`/ },
    repair: ({ item }) =>
      Object.assign(item('place'), {
        enableBehavior: 'all',
        enableWhen: [
          { question: 'headache', operator: 'exists', answerBoolean: true },
          { question: 'strength', operator: '>', answerInteger: 3 },
        ],
      }),
  },
]);
