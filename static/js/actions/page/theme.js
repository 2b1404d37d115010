/** The themes, in the order a key goes through them. */

import { writeStorage, readStorage } from '../../lib/dom/storage.js';

/** @typedef {'light' | 'dark' | 'contrast'} Theme */

/** @type {Theme[]} */
const THEMES = ['light', 'dark', 'contrast'];
const STORAGE_KEY = 'theme';

/**
 * The one that was chosen last, on any page of this browser; null: what the system says.
 * @returns {Theme | null}
 */
export function savedTheme() {
  const name = readStorage('localStorage', STORAGE_KEY);
  return THEMES.find((theme) => theme === name) ?? null;
}

/** For a page on which none is chosen. */
export function applySavedTheme() {
  const theme = savedTheme();
  if (theme) document.documentElement.dataset.theme = theme;
}

/**
 * The one after this, kept for the next page; without one of its own a page wears what the system says.
 * @param {Theme | null} theme
 */
export function nextTheme(theme) {
  const now = theme ?? (window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  const next = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
  writeStorage('localStorage', STORAGE_KEY, next);
  return next;
}
