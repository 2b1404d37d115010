/** A menu of a registry's entries. */

import { element, setAttribute } from '../dom/element.js';
import { entryName } from '../format/i18n.js';

/** @typedef {{name: string, label: string}} Entry */

/**
 * Fill a menu once and keep it on a value.
 * @param {HTMLSelectElement} select
 * @param {(name: string) => void} change
 */
export function createSelect(select, change) {
  let filled = '';
  select.addEventListener('change', () => change(select.value));
  return {
    /**
     * @param {string} group of the catalogue's words
     * @param {Entry[]} entries
     * @param {string} value
     * @param {string} [other] what to show when the value is none of the entries
     */
    set(group, entries, value, other) {
      const key = entries.map(({ name }) => name).join();
      if (key !== filled) {
        filled = key;
        select.replaceChildren(
          ...entries.map((entry) => element('option', { value: entry.name }, [entryName(group, entry)])),
        );
        if (other) select.append(element('option', { value: '', hidden: true }, [other]));
      }
      const known = entries.some(({ name }) => name === value) ? value : '';
      if (select.value !== known) select.value = known;
      setAttribute(select, 'data-value', known);
    },
  };
}
