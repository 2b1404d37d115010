/** Dragging a button onto something: what is under it lights up, and where it is let go it is dropped. */

const SLACK = 6;

/**
 * @param {HTMLElement} node
 * @param {{over: () => Element[], drop: (target: Element) => void}} what over: what it can be dropped on
 */
export function createDrag(node, { over, drop }) {
  /** @type {{x: number, y: number, ghost: HTMLElement | null, target: Element | null} | null} */
  let drag = null;
  /** The click that ends a drag presses nothing. */
  let dropped = false;

  /** @param {PointerEvent} event */
  function follow({ clientX, clientY }) {
    if (!drag) return;
    if (!drag.ghost && Math.hypot(clientX - drag.x, clientY - drag.y) < SLACK) return;
    drag.ghost ??= document.body.appendChild(/** @type {HTMLElement} */ (node.cloneNode(true)));
    drag.ghost.classList.add('dragged');
    drag.ghost.style.translate = `${clientX}px ${clientY}px`;
    const under = document.elementsFromPoint(clientX, clientY);
    const target = over().find((candidate) => under.includes(candidate)) ?? null;
    drag.target?.classList.toggle('dropping', drag.target === target);
    target?.classList.add('dropping');
    drag.target = target;
  }

  function end() {
    drag?.ghost?.remove();
    drag?.target?.classList.remove('dropping');
    drag = null;
  }

  node.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    drag = { x: event.clientX, y: event.clientY, ghost: null, target: null };
    node.setPointerCapture(event.pointerId);
  });
  node.addEventListener('pointermove', follow);
  node.addEventListener('pointercancel', end);
  node.addEventListener('pointerup', () => {
    const target = drag?.target ?? null;
    const dragged = Boolean(drag?.ghost);
    end();
    if (!dragged) return;
    dropped = true;
    window.setTimeout(() => (dropped = false), 0);
    if (target) drop(target);
  });
  node.addEventListener('click', (event) => dropped && event.stopImmediatePropagation(), { capture: true });
}
