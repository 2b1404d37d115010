/** The reference's state: the network its questions are about, and what was answered to each operation. */

/**
 * @typedef {{
 *   status: number,
 *   phrase: string,
 *   type: string,
 *   text: string,
 *   size: number,
 *   milliseconds: number,
 * }} Exchange status 0: no answer
 */
/**
 * @typedef {{network: string, waiting: string[], answers: Record<string, Exchange>}} Reference waiting:
 *   operations that were asked and not answered yet
 */
/**
 * @typedef {{type: 'asked', operation: string} | {
 *   type: 'answered',
 *   operation: string,
 *   answer: Exchange,
 * }} Event
 */

/** @type {Reference} */
export const INITIAL_REFERENCE = { network: '', waiting: [], answers: {} };
const MADE = 201;

/** @param {Reference} state @param {Event} event @returns {Reference} */
export function reduceReference(state, event) {
  if (event.type === 'asked') return { ...state, waiting: [...state.waiting, event.operation] };
  const { operation, answer } = event;
  const network = answer.status === MADE ? JSON.parse(answer.text).id : state.network;
  const waiting = state.waiting.filter((other) => other !== operation);
  return { network, waiting, answers: { ...state.answers, [operation]: answer } };
}
