/** The sizes that the stylesheet decides and canvases follow. */

/** @param {Element} root the document's, whose theme and projector mode say how large everything is */
export function readLayoutSizes(root) {
  const style = getComputedStyle(root);
  return {
    rem: parseFloat(style.fontSize),
    line: parseFloat(style.getPropertyValue('--line')),
    tiny: parseFloat(style.getPropertyValue('--tiny')),
    density: Math.min(2, window.devicePixelRatio || 1),
    coarse: window.matchMedia('(pointer: coarse)').matches,
  };
}
