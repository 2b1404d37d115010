/** One plain sentence for whatever is pointed at or focused, with its key where it has one. */

import { element } from '../lib/element.js';
import { keyLabel } from '../lib/keys.js';
import { hasText, text } from '../lib/text.js';

/** @typedef {import('../lib/keys.js').Stroke & {name: string, hint?: string}} NamedKey */

const PATIENCE = 450;
const GAP = 8;

/** @param {Element} target @param {HTMLElement} root below the target, or above where there is no room */
function place(target, root) {
  const box = target.getBoundingClientRect();
  const left = box.left + box.width / 2 - root.offsetWidth / 2;
  const below = box.bottom + GAP;
  const fits = below + root.offsetHeight < window.innerHeight - GAP;
  root.style.left = `${Math.max(GAP, Math.min(window.innerWidth - root.offsetWidth - GAP, left))}px`;
  root.style.top = `${fits ? below : box.top - GAP - root.offsetHeight}px`;
}

/**
 * @param {HTMLElement} root
 * @param {NamedKey[]} keys
 */
export function createHint(root, keys) {
  /** @type {Element | null} */
  let target = null;
  let timer = 0;

  /** @param {string} name */
  function show(name) {
    if (!target?.isConnected || !hasText(`${name}.hint`)) return;
    const key = keys.find(({ hint }) => hint === name);
    root.replaceChildren(text(`${name}.hint`), ...(key ? [element('kbd', {}, [keyLabel(key)])] : []));
    root.hidden = false;
    place(target, root);
    target.setAttribute('aria-describedby', root.id);
  }

  function leave() {
    window.clearTimeout(timer);
    if (target?.getAttribute('aria-describedby') === root.id) target.removeAttribute('aria-describedby');
    target = null;
    root.hidden = true;
  }

  /** @param {EventTarget | null} from @param {number} patience */
  function enter(from, patience) {
    const next = from instanceof Element ? from.closest('[data-hint]') : null;
    if (next === target) return;
    leave();
    target = next;
    const name = next?.getAttribute('data-hint');
    if (name) timer = window.setTimeout(() => show(name), patience);
  }

  /** @param {FocusEvent} event */
  function focused({ target: at }) {
    if (at instanceof Element && at.matches(':focus-visible')) enter(at, PATIENCE);
  }
  const pointed = (/** @type {PointerEvent} */ event) => {
    if (event.pointerType !== 'touch') enter(event.target, PATIENCE);
  };
  document.addEventListener('pointerover', pointed);
  document.addEventListener('pointerdown', leave);
  document.addEventListener('focusin', focused);
  document.addEventListener('focusout', leave);
  document.addEventListener('keydown', leave);

  return {
    update() {},
    destroy() {
      leave();
      document.removeEventListener('pointerover', pointed);
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', focused);
      document.removeEventListener('focusout', leave);
      document.removeEventListener('keydown', leave);
    },
  };
}
