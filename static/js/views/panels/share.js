/** The panel "share": a link to a copy, a link to this very network, and TensorFlow Playground's links. */

import { copyText } from '../../lib/dom/clipboard.js';
import { createPanel } from '../../lib/ui/panel.js';
import { element, requireElement, setText } from '../../lib/dom/element.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/** @typedef {State['sharing']} Sharing */

const COPIED_MS = 1500;

/** @param {HTMLElement} root */
function createCopyButtons(root) {
  for (const button of root.querySelectorAll('[data-copies]')) {
    const field = requireElement(root, `[name=${button.getAttribute('data-copies')}]`, HTMLInputElement);
    button.addEventListener('click', async () => {
      setText(button, text((await copyText(field)) ? 'sharing.taken' : 'sharing.select'));
      window.setTimeout(() => setText(button, text('sharing.take')), COPIED_MS);
    });
    field.addEventListener('focus', () => field.select());
  }
}

/** @param {HTMLElement} list @param {string[]} notes */
function tell(list, notes) {
  const said = [...list.children].map(({ textContent }) => textContent);
  if (said.join('\n') !== notes.join('\n'))
    list.replaceChildren(...notes.map((note) => element('li', {}, [note])));
  list.hidden = notes.length === 0;
}

/** What became of a link from there. @param {HTMLElement} root @param {Actions} actions */
function createImported(root, actions) {
  const same = requireElement(root, '[data-say=same]', HTMLElement);
  const notes = requireElement(root, '.notes', HTMLElement);
  const showAll = requireElement(root, '[name=showAll]', HTMLButtonElement);
  showAll.addEventListener('click', () => actions.showAll());
  return (/** @type {State} */ { network, ui }) => {
    root.hidden = !network?.spec.tfplayground;
    if (root.hidden || !network) return;
    setText(same, text(network.notes.length > 0 ? 'sharing.link.differs' : 'sharing.link.same'));
    tell(notes, network.notes);
    showAll.hidden = ui.hides.length === 0;
  };
}

/** The way back there. @param {HTMLElement} root */
function createExported(root) {
  const row = requireElement(root, '[data-row=playground]', HTMLElement);
  const field = requireElement(root, '[name=playground]', HTMLInputElement);
  const words = requireElement(root, '[data-say=exported]', HTMLElement);
  const notes = requireElement(root, '.notes', HTMLElement);
  return (/** @type {Sharing['playground']} */ playground) => {
    root.hidden = playground === null;
    if (!playground) return;
    const there = 'link' in playground;
    row.hidden = !there;
    if (there && field.value !== playground.link) field.value = playground.link;
    setText(
      words,
      text(
        there
          ? playground.notes.length > 0
            ? 'sharing.export.differs'
            : 'sharing.export.same'
          : 'sharing.export.not',
      ),
    );
    tell(notes, there ? playground.notes : playground.reasons);
  };
}

/** @param {Sharing['refusal']} refusal */
function refusalWords(refusal) {
  if (refusal === null) return '';
  return refusal === '' ? text('sharing.link.none') : text('sharing.link.refused', { reason: refusal });
}

/**
 * @param {HTMLElement} root
 * @param {Actions} actions
 */
export function createSharePanel(root, actions) {
  const panel = createPanel(root, 'share', actions);
  const [copy, watch, pasted] = ['copy', 'watch', 'pasted'].map((name) =>
    requireElement(root, `[name=${name}]`, HTMLInputElement),
  );
  const copyRow = requireElement(root, '[data-row=copy]', HTMLElement);
  const says = requireElement(root, '[data-say=copy]', HTMLElement);
  const refusal = requireElement(root, '#share-refusal', HTMLElement);
  const imported = createImported(requireElement(root, '#imported', HTMLElement), actions);
  const exported = createExported(requireElement(root, '#exported', HTMLElement));
  createCopyButtons(root);
  pasted.placeholder = text('sharing.link.holder');
  requireElement(root, '#pasting', HTMLFormElement).addEventListener('submit', async (event) => {
    event.preventDefault();
    if (await actions.openLink(pasted.value)) pasted.value = '';
  });
  requireElement(root, '[name=ask]', HTMLButtonElement).addEventListener(
    'click',
    () => void actions.askPlayground(),
  );

  return {
    /** @param {State} state */
    update(state) {
      if (!panel.update(state.ui) || !state.network) return;
      const { address, playground } = state.sharing;
      const page = new URL('../', document.baseURI).href;
      copyRow.hidden = address.hash === null;
      setText(says, text(address.lacks ? `sharing.copy.${address.lacks}` : 'sharing.copy.what'));
      const links = [`${page}#${address.hash ?? ''}`, `${page}#id=${state.network.id}`];
      for (const [index, field] of [copy, watch].entries())
        if (field.value !== links[index]) field.value = links[index];
      setText(refusal, refusalWords(state.sharing.refusal));
      imported(state);
      exported(playground);
    },
    destroy() {},
  };
}
