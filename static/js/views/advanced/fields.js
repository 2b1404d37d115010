/** The numbers of a registry's entry, a field each. */

import { element } from '../../lib/dom/element.js';
import { createNumberField } from '../../lib/ui/numberField.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').RegistryChoice} RegistryChoice */
/** @typedef {{name: string, parameters: Record<string, number>}} Shaped */

/** @param {(name: string, value: number) => unknown} change */
export function createFields(change) {
  const node = element('div', { class: 'fields' });
  /** @type {Map<string, ReturnType<typeof createNumberField>>} */
  let fields = new Map();
  let built = '';
  return {
    node,
    /** @param {Shaped | undefined} entry @param {RegistryChoice} chosen */
    set(entry, chosen) {
      const names = Object.keys(entry?.parameters ?? {});
      const key = `${entry?.name} ${names.join()}`;
      if (key !== built) {
        built = key;
        fields = new Map(
          names.map((name) => [
            name,
            createNumberField({
              label: text(`fields.${name}.name`),
              hint: `fields.${name}`,
              change: (value) => value !== null && void change(name, value),
            }),
          ]),
        );
        node.replaceChildren(...[...fields.values()].map((field) => field.node));
      }
      for (const [name, field] of fields) field.set(chosen[name]);
    },
  };
}

/**
 * A part of the panel under a heading.
 * @param {string} title
 * @param {(Node | string)[]} children
 * @param {boolean} [anew] whether it draws new weights
 */
export function section(title, children, anew = false) {
  const warning = anew ? [element('p', { class: 'anew' }, [text('more.anew')])] : [];
  return element('section', { class: 'morePart' }, [element('h3', {}, [title]), ...warning, ...children]);
}
