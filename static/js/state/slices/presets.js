/** Set-ups that work and set-ups that fail: all there are, and the one that is looked at. */

/** @typedef {{change: Record<string, any>}} Remedy change: a merge patch of the spec */
/** @typedef {{name: string, works: boolean, spec: Record<string, any>, remedy?: Remedy}} Preset */
/** @typedef {{name: string, works: boolean, cured: boolean}} Shown */
/**
 * @typedef {{list: Preset[], shown: Shown | null}} Presets shown: until something about its set-up is changed
 */
/** @typedef {{type: 'presets', list: Preset[]} | {type: 'preset', shown: Shown | null}} PresetEvent */

/** @type {Presets} */
export const NO_PRESETS = { list: [], shown: null };

const CHANGES = ['PATCH', 'PUT'];

/** @param {Presets} presets @param {import('../types.js').Event} event @returns {Presets} */
export function reducePresets(presets, event) {
  if (event.type === 'presets') return { ...presets, list: event.list };
  if (event.type === 'preset') return { ...presets, shown: event.shown };
  const other =
    event.type === 'joined' || (event.type === 'request' && CHANGES.includes(event.request.method));
  return other && presets.shown ? { ...presets, shown: null } : presets;
}
