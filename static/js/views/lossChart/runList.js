/** The runs kept for comparison, a chip each: what was different in it, to be hidden, shown, or removed. */

import { element, icon, setAttribute, setText } from '../../lib/dom/element.js';
import { specDiff } from '../../lib/format/specDiff.js';
import { text } from '../../lib/format/i18n.js';
import { MAX_RUNS } from '../../state/slices/runs.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../state/slices/runs.js').Run} Run */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/** @param {Run} run @param {Actions} actions */
function createChip({ number }, actions) {
  const words = element('span', { class: 'runWords' });
  const toggle = element('button', { type: 'button', class: 'runToggle', 'data-hint': 'runs.toggle' }, [
    element('b', {}, [number === 0 ? '\u21ba' : String(number)]),
    words,
  ]);
  const remove = element(
    'button',
    {
      type: 'button',
      class: 'runRemove',
      'aria-label': number === 0 ? text('runs.removeLast') : text('runs.remove', { number }),
    },
    [icon('close')],
  );
  const pin = element('button', { type: 'button', class: 'runRemove', 'aria-label': text('runs.keepLast') }, [
    icon('plus'),
  ]);
  toggle.addEventListener('click', () =>
    actions.showRun(number, toggle.getAttribute('aria-pressed') !== 'true'),
  );
  remove.addEventListener('click', () => actions.dropRun(number));
  pin.addEventListener('click', () => actions.keepLastRun());
  return {
    number,
    node: element('li', { class: 'run' }, number === 0 ? [toggle, pin, remove] : [toggle, remove]),
    /** @param {Run} run @param {string} said */
    update({ shown }, said) {
      setAttribute(toggle, 'aria-pressed', String(shown));
      setText(words, said);
      toggle.title = said;
    },
  };
}

/**
 * @param {HTMLElement} root the list
 * @param {HTMLButtonElement} keep
 * @param {Actions} actions
 */
export function createRunList(root, keep, actions) {
  keep.addEventListener('click', () => actions.keepRun());
  /** @type {ReturnType<typeof createChip>[]} */
  let chips = [];
  /** @type {unknown[]} */
  let before = [];
  return {
    /** @param {State} state */
    update({ runs, network, catalog, curve }) {
      keep.disabled = curve.length < 3 || runs.kept.length >= MAX_RUNS;
      if (!network || !catalog || (before[0] === runs && before[1] === network.spec)) return;
      before = [runs, network.spec];
      const all = [...runs.kept, ...(runs.last ? [runs.last] : [])];
      if (all.map(({ number }) => number).join() !== chips.map(({ number }) => number).join()) {
        chips = all.map((run) => createChip(run, actions));
        root.replaceChildren(...chips.map(({ node }) => node));
      }
      all.forEach((run, index) => {
        const said = specDiff(run.spec, network.spec, catalog).join(', ');
        chips[index].update(run, said || text(run.number === 0 ? 'runs.last' : 'runs.same'));
      });
    },
  };
}
