/** The themes, in the order a key goes through them. */

/** @typedef {'light' | 'dark' | 'contrast'} Theme */

/** @type {Theme[]} */
const THEMES = ['light', 'dark', 'contrast'];

/** The one after this; without one of its own a page wears what the system says. @param {Theme | null} theme */
export function themeAfter(theme) {
  const now = theme ?? (window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  return THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
}
