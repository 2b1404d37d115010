/**
 * One plain sentence for whatever is pointed at, focused or held by a finger, with its key where it has one.
 */

import { element } from '../../lib/dom/element.js';
import { keyLabel } from '../../lib/ui/keyLabel.js';
import { hasText, text } from '../../lib/format/i18n.js';

/** @typedef {import('../../lib/ui/keyLabel.js').Stroke & {name: string, hint?: string}} NamedKey */

const SHOW_AFTER_MS = 450;
/** How long a finger rests on what it could also press. */
const HOLD = 600;
const GAP = 8;
const PRESSED = 'button, a, label, input, select';
const TYPED = 'input:not([type=range], [type=checkbox], [type=radio]), textarea';

/**
 * @param {Element} target
 * @param {HTMLElement} root below the target, or above where there is no room
 * @param {boolean} covered by a hand, which is below the finger: the other way round
 */
function place(target, root, covered) {
  const box = target.getBoundingClientRect();
  const left = box.left + box.width / 2 - root.offsetWidth / 2;
  const below = box.bottom + GAP;
  const above = box.top - GAP - root.offsetHeight;
  const fits = covered ? above < GAP : below + root.offsetHeight < window.innerHeight - GAP;
  root.style.left = `${Math.max(GAP, Math.min(window.innerWidth - root.offsetWidth - GAP, left))}px`;
  root.style.top = `${fits ? below : above}px`;
}

/**
 * @param {HTMLElement} root
 * @param {NamedKey[]} keys
 */
export function createTooltip(root, keys) {
  /** @type {Element | null} */
  let target = null;
  let timer = 0;
  let byFinger = false;

  /** @param {string} name */
  function show(name) {
    if (!target?.isConnected || !hasText(`${name}.hint`)) return;
    const key = byFinger ? undefined : keys.find(({ hint }) => hint === name);
    root.replaceChildren(text(`${name}.hint`), ...(key ? [element('kbd', {}, [keyLabel(key)])] : []));
    root.hidden = false;
    place(target, root, byFinger);
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
    if (name && patience === 0) show(name);
    else if (name) timer = window.setTimeout(() => show(name), patience);
  }

  /** @param {FocusEvent} event */
  function focused({ target: at }) {
    if (at instanceof Element && at.matches(':focus-visible')) enter(at, SHOW_AFTER_MS);
  }
  const pointed = (/** @type {PointerEvent} */ event) => {
    if (event.pointerType !== 'touch') enter(event.target, SHOW_AFTER_MS);
  };

  /** What a finger held to read is not pressed by letting go of it. @param {MouseEvent} event */
  function swallow(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {PointerEvent} event */
  function pressed({ pointerType, target: at }) {
    document.removeEventListener('click', swallow, true);
    leave();
    byFinger = pointerType === 'touch';
    if (!byFinger || !(at instanceof Element) || at.matches(TYPED)) return;
    enter(at, at.closest(PRESSED) ? HOLD : 0);
  }

  /** @param {PointerEvent} event */
  function released({ target: at }) {
    if (!byFinger) return;
    if (root.hidden) leave();
    else if (at instanceof Element && at.closest(PRESSED))
      document.addEventListener('click', swallow, { capture: true, once: true });
  }
  /** A finger takes the focus from elsewhere as it is lifted. */
  const unfocused = () => byFinger || leave();
  document.addEventListener('pointerover', pointed);
  document.addEventListener('pointerdown', pressed);
  document.addEventListener('pointerup', released);
  document.addEventListener('pointercancel', leave);
  document.addEventListener('focusin', focused);
  document.addEventListener('focusout', unfocused);
  document.addEventListener('keydown', leave);

  return {
    update() {},
    destroy() {
      leave();
      document.removeEventListener('pointerover', pointed);
      document.removeEventListener('pointerdown', pressed);
      document.removeEventListener('pointerup', released);
      document.removeEventListener('pointercancel', leave);
      document.removeEventListener('click', swallow, true);
      document.removeEventListener('focusin', focused);
      document.removeEventListener('focusout', unfocused);
      document.removeEventListener('keydown', leave);
    },
  };
}
