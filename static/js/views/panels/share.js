/** The panel "share": a link to a copy, a link to this very network, and TensorFlow Playground's links. */

import { copyAll } from '../../lib/dom/clipboard.js';
import { createDrawer } from '../../lib/ui/panel.js';
import { element, part, write } from '../../lib/dom/element.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */
/** @typedef {State['sharing']} Sharing */

const THANKS = 1500;

/** @param {HTMLElement} root */
function createCopyButtons(root) {
  for (const button of root.querySelectorAll('[data-copies]')) {
    const field = part(root, `[name=${button.getAttribute('data-copies')}]`, HTMLInputElement);
    button.addEventListener('click', async () => {
      write(button, text((await copyAll(field)) ? 'sharing.taken' : 'sharing.select'));
      window.setTimeout(() => write(button, text('sharing.take')), THANKS);
    });
    field.addEventListener('focus', () => field.select());
  }
}

/** @param {HTMLElement} list @param {string[]} notes */
function tell(list, notes) {
  const said = [...list.children].map(({ textContent }) => textContent);
  if (said.join('\n') !== notes.join('\n')) list.replaceChildren(...notes.map((note) => element('li', {}, [note])));
  list.hidden = notes.length === 0;
}

/** What became of a link from there. @param {HTMLElement} root @param {Actions} actions */
function createImported(root, actions) {
  const same = part(root, '[data-say=same]', HTMLElement);
  const notes = part(root, '.notes', HTMLElement);
  const showAll = part(root, '[name=showAll]', HTMLButtonElement);
  showAll.addEventListener('click', () => actions.showAll());
  return (/** @type {State} */ { network, look }) => {
    root.hidden = !network?.spec.tfplayground;
    if (root.hidden || !network) return;
    write(same, text(network.notes.length > 0 ? 'sharing.link.differs' : 'sharing.link.same'));
    tell(notes, network.notes);
    showAll.hidden = look.hides.length === 0;
  };
}

/** The way back there. @param {HTMLElement} root */
function createExported(root) {
  const row = part(root, '[data-row=playground]', HTMLElement);
  const field = part(root, '[name=playground]', HTMLInputElement);
  const words = part(root, '[data-say=exported]', HTMLElement);
  const notes = part(root, '.notes', HTMLElement);
  return (/** @type {Sharing['playground']} */ playground) => {
    root.hidden = playground === null;
    if (!playground) return;
    const there = 'link' in playground;
    row.hidden = !there;
    if (there && field.value !== playground.link) field.value = playground.link;
    write(words, text(there ? (playground.notes.length > 0 ? 'sharing.export.differs' : 'sharing.export.same') : 'sharing.export.not'));
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
export function createShare(root, actions) {
  const drawer = createDrawer(root, 'share', actions);
  const [copy, watch, pasted] = ['copy', 'watch', 'pasted'].map((name) => part(root, `[name=${name}]`, HTMLInputElement));
  const copyRow = part(root, '[data-row=copy]', HTMLElement);
  const says = part(root, '[data-say=copy]', HTMLElement);
  const refusal = part(root, '#share-refusal', HTMLElement);
  const imported = createImported(part(root, '#imported', HTMLElement), actions);
  const exported = createExported(part(root, '#exported', HTMLElement));
  createCopyButtons(root);
  pasted.placeholder = text('sharing.link.holder');
  part(root, '#pasting', HTMLFormElement).addEventListener('submit', async (event) => {
    event.preventDefault();
    if (await actions.openLink(pasted.value)) pasted.value = '';
  });
  part(root, '[name=ask]', HTMLButtonElement).addEventListener('click', () => void actions.askPlayground());

  return {
    /** @param {State} state */
    update(state) {
      if (!drawer.update(state.look) || !state.network) return;
      const { address, playground } = state.sharing;
      const page = new URL('../', document.baseURI).href;
      copyRow.hidden = address.hash === null;
      write(says, text(address.lacks ? `sharing.copy.${address.lacks}` : 'sharing.copy.what'));
      const links = [`${page}#${address.hash ?? ''}`, `${page}#id=${state.network.id}`];
      for (const [index, field] of [copy, watch].entries()) if (field.value !== links[index]) field.value = links[index];
      write(refusal, refusalWords(state.sharing.refusal));
      imported(state);
      exported(playground);
    },
    destroy() {},
  };
}
