/** Above the paper: which exhibit, which seed, how many questions, with the key or without. */

import { element, part } from '../../lib/dom/element.js';

/** @typedef {import('../../state/pages/worksheet.js').Worksheets} Worksheets */
/** @typedef {import('../../actions/worksheet.js').WorksheetActions} Actions */

/** @param {HTMLElement} root @param {Actions} actions */
export function createAsking(root, actions) {
  const exhibit = part(root, '[name=exhibit]', HTMLSelectElement);
  const seed = part(root, '[name=seed]', HTMLInputElement);
  const count = part(root, '[name=count]', HTMLInputElement);
  const key = part(root, '[name=key]', HTMLInputElement);
  exhibit.addEventListener('change', () => void actions.ask({ exhibit: exhibit.value }));
  key.addEventListener('change', () => void actions.ask({ key: key.checked }));
  seed.addEventListener('change', () => seed.checkValidity() && seed.value && void actions.ask({ seed: seed.valueAsNumber }));
  count.addEventListener('change', () => count.checkValidity() && count.value && void actions.ask({ count: count.valueAsNumber }));
  part(root, '[name=another]', HTMLButtonElement).addEventListener('click', () => void actions.another());
  part(root, '[name=print]', HTMLButtonElement).addEventListener('click', actions.print);
  /** @type {Worksheets['exhibits'] | null} */
  let listed = null;
  return {
    /** @param {Worksheets} state */
    update({ exhibits, asked }) {
      if (exhibits !== listed) {
        listed = exhibits;
        exhibit.replaceChildren(...exhibits.filter(({ worksheet }) => worksheet).map(({ id, title }) => element('option', { value: id }, [title])));
      }
      exhibit.value = asked.exhibit;
      for (const [field, value] of /** @type {[HTMLInputElement, number][]} */ ([[seed, asked.seed], [count, asked.count]])) {
        if (document.activeElement !== field) field.value = String(value);
      }
      key.checked = asked.key;
    },
    destroy() {},
  };
}
