/** The set-ups that work and those that fail. */

/** @returns {Promise<import('../state/slices/presets.js').Preset[]>} */
export async function fetchPresets() {
  const answer = await fetch(new URL('../../presets.json', import.meta.url));
  return answer.json();
}
