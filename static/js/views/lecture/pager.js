/**
 * The foot of the lecture: how far it has come, and the way to every page; the contents, opened over the
 * page.
 */

import { element, setAttribute, requireElement, setText } from '../../lib/dom/element.js';
import { text } from '../../lib/format/i18n.js';

/** @typedef {import('../../state/pages/lecture.js').Lecture} Lecture */
/** @typedef {import('../../state/pages/lecture.js').Summary} Summary */
/** @typedef {import('../../actions/lecture/lecture.js').LectureActions} Actions */

/** @param {HTMLElement} root @param {HTMLDialogElement} contents @param {Actions} actions */
export function createPager(root, contents, actions) {
  const links = element('nav', { class: 'pages', 'aria-label': text('deck.contents.name') });
  const opener = requireElement(root, '[name=contents]', HTMLButtonElement);
  const where = requireElement(root, '.where', HTMLElement);
  const bar = requireElement(root, '.bar', HTMLElement);
  opener.after(links);
  opener.addEventListener('click', () => actions.togglePanel('contents'));
  contents.addEventListener('close', () => actions.closePanel());
  contents.addEventListener('click', (event) => {
    if (event.target === contents || (event.target instanceof Element && event.target.closest('a')))
      contents.close();
  });
  /** @type {Summary[]} */
  let listed = [];

  /** @param {Summary[]} exhibits */
  function list(exhibits) {
    listed = exhibits;
    const link = (/** @type {Summary} */ { id, number, title }, /** @type {(Node | string)[]} */ words) =>
      element('a', { href: `#${id}`, title, 'aria-label': `${number}. ${title}` }, words);
    links.replaceChildren(...exhibits.map((page) => link(page, [String(page.number)])));
    const items = exhibits.map((page) => element('li', {}, [link(page, [page.title])]));
    contents.replaceChildren(
      element('h2', { class: 'title' }, [text('deck.contents.name')]),
      element('ol', {}, items),
    );
  }

  return {
    /** @param {Lecture} lecture */
    update({ exhibits, exhibit, openPanel }) {
      if (exhibits !== listed) list(exhibits);
      for (const link of [...links.children, ...contents.querySelectorAll('a')]) {
        if (link.getAttribute('href') === `#${exhibit?.id}`) setAttribute(link, 'aria-current', 'page');
        else link.removeAttribute('aria-current');
      }
      const number = exhibit?.number ?? 1;
      setText(where, text('deck.where', { number, count: exhibits.length }));
      bar.style.width = `${(100 * number) / Math.max(1, exhibits.length)}%`;
      setAttribute(opener, 'aria-expanded', String(openPanel === 'contents'));
      if (openPanel === 'contents' && !contents.open) contents.showModal();
      if (openPanel !== 'contents' && contents.open) contents.close();
    },
    destroy() {},
  };
}
