/** Above the paper: which exhibit, which seed, how many questions, with the key or without. */

import { element, requireElement } from '../../lib/dom/element.js';

/** @typedef {import('../../state/pages/worksheet.js').WorksheetState} WorksheetState */
/** @typedef {import('../../actions/worksheet.js').WorksheetActions} Actions */

/** @param {HTMLElement} root @param {Actions} actions */
export function createWorksheetForm(root, actions) {
  const exhibit = requireElement(root, '[name=exhibit]', HTMLSelectElement);
  const seed = requireElement(root, '[name=seed]', HTMLInputElement);
  const count = requireElement(root, '[name=count]', HTMLInputElement);
  const key = requireElement(root, '[name=key]', HTMLInputElement);
  exhibit.addEventListener('change', () => void actions.ask({ exhibit: exhibit.value }));
  key.addEventListener('change', () => void actions.ask({ key: key.checked }));
  seed.addEventListener(
    'change',
    () => seed.checkValidity() && seed.value && void actions.ask({ seed: seed.valueAsNumber }),
  );
  count.addEventListener(
    'change',
    () => count.checkValidity() && count.value && void actions.ask({ count: count.valueAsNumber }),
  );
  requireElement(root, '[name=another]', HTMLButtonElement).addEventListener(
    'click',
    () => void actions.another(),
  );
  requireElement(root, '[name=print]', HTMLButtonElement).addEventListener('click', actions.print);
  /** @type {WorksheetState['exhibits'] | null} */
  let listed = null;
  return {
    /** @param {WorksheetState} state */
    update({ exhibits, asked }) {
      if (exhibits !== listed) {
        listed = exhibits;
        exhibit.replaceChildren(
          ...exhibits
            .filter(({ worksheet }) => worksheet)
            .map(({ id, title }) => element('option', { value: id }, [title])),
        );
      }
      exhibit.value = asked.exhibit;
      for (const [field, value] of /** @type {[HTMLInputElement, number][]} */ ([
        [seed, asked.seed],
        [count, asked.count],
      ])) {
        if (document.activeElement !== field) field.value = String(value);
      }
      key.checked = asked.key;
    },
    destroy() {},
  };
}
