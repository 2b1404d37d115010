/** What can be handed on of a network: its address, and what of a TensorFlow Playground link it is. */

/**
 * @typedef {{hash: string | null, lacks: 'data' | 'weights' | 'settings' | null}} Address hash: the set-up
 *   behind the #, where it fits; lacks: what of it does not
 */
/**
 * @typedef {{link: string, notes: string[]} | {reasons: string[]}} Export a link to the same set-up there, or
 *   why there is none
 */
/**
 * @typedef {{address: Address, playground: Export | null, refusal: string | null}} Sharing refusal: why what
 *   was pasted is not opened
 */
/**
 * @typedef {{type: 'address', address: Address} | {
 *   type: 'playground',
 *   playground: Export | null,
 * } | {type: 'pasted', refusal: string | null}} SharingEvent
 */

/** @type {Sharing} */
export const NO_SHARING = { address: { hash: null, lacks: null }, playground: null, refusal: null };

/** @param {Sharing} sharing @param {import('../types.js').Event} event @returns {Sharing} */
export function reduceSharing(sharing, event) {
  if (event.type === 'joined') return NO_SHARING;
  if (event.type === 'address') return { ...sharing, address: event.address };
  if (event.type === 'playground') return { ...sharing, playground: event.playground };
  if (event.type === 'pasted') return { ...sharing, refusal: event.refusal };
  return sharing;
}
