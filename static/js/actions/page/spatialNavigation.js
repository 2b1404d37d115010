/** From unit to unit by the arrow keys, as they stand in the diagram. */

/** @param {HTMLElement} button */
function middleOf(button) {
  const { x, y, width, height } = button.getBoundingClientRect();
  return { button, x: x + width / 2, y: y + height / 2 };
}

/** The unit or input that has the focus. @returns {HTMLElement | null} */
function held() {
  const active = document.activeElement;
  return active instanceof HTMLElement ? active.closest('#units .unit') : null;
}

export function createSpatialNavigation() {
  return {
    isAmongUnits: () => held() !== null,
    /**
     * To the next unit of the same column, or to the nearest of the next column.
     * @param {number} across
     * @param {number} down
     */
    moveFocus(across, down) {
      const from = held();
      if (!from) return;
      const here = middleOf(from);
      const all = [...document.querySelectorAll('#units .unit:not(:disabled)')].map((button) =>
        middleOf(/** @type {HTMLElement} */ (button)),
      );
      const ahead = all.filter(({ x, y }) =>
        across ? (x - here.x) * across > 1 : Math.abs(x - here.x) < 1 && (y - here.y) * down > 1,
      );
      const far = (/** @type {{x: number, y: number}} */ { x, y }) =>
        across ? [Math.abs(x - here.x), Math.abs(y - here.y)] : [Math.abs(y - here.y), 0];
      const [next] = ahead.sort(
        (one, other) => Math.round(far(one)[0] - far(other)[0]) || far(one)[1] - far(other)[1],
      );
      next?.button.focus();
    },
  };
}
