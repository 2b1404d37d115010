/** The themes, in the order a key goes through them. */

import { keep, kept } from '../../lib/dom/storage.js';

/** @typedef {'light' | 'dark' | 'contrast'} Theme */

/** @type {Theme[]} */
const THEMES = ['light', 'dark', 'contrast'];
const KEPT = 'theme';

/** The one that was chosen last, on any page of this browser; null: what the system says. @returns {Theme | null} */
export function keptTheme() {
  const name = kept('localStorage', KEPT);
  return THEMES.find((theme) => theme === name) ?? null;
}

/** For a page on which none is chosen. */
export function wearKept() {
  const theme = keptTheme();
  if (theme) document.documentElement.dataset.theme = theme;
}

/** The one after this, kept for the next page; without one of its own a page wears what the system says. @param {Theme | null} theme */
export function chooseNext(theme) {
  const now = theme ?? (window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  const next = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
  keep('localStorage', KEPT, next);
  return next;
}
