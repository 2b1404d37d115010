/** The lecture: one page at a time, its live parts, and the keys a presenter's remote sends. */

import { createDeckActions } from '../actions/deck.js';
import { element, part, write } from '../lib/element.js';
import { fillWords, text, useCatalogue } from '../lib/text.js';
import { FIRST, createDeck, walkLength } from '../state/deck.js';
import { createGates } from '../views/gates.js';
import { createTable } from '../views/table.js';
import { createWords } from '../views/words.js';

/** @typedef {import('../actions/deck.js').DeckActions} DeckActions */
/** @typedef {import('../state/deck.js').Deck} Deck */

/** @param {DeckActions} actions */
function listenToKeys(actions) {
  let typed = '';
  /** @type {Record<string, () => void>} */
  const keys = {
    PageDown: () => actions.turn(1),
    PageUp: () => actions.turn(-1),
    ArrowRight: () => actions.on(),
    ArrowLeft: () => actions.back(),
    Enter: () => actions.jump(Number(typed)),
  };
  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || (target instanceof Element && target.closest('input'))) return;
    if (key === 'Enter' && typed === '') return;
    if (key in keys) {
      event.preventDefault();
      keys[key]();
    }
    typed = /^\d$/.test(key) ? typed + key : '';
  });
}

/** @param {HTMLElement} root @param {Deck} deck */
function drawFoot(root, { exhibits, exhibit }) {
  const links = exhibits.map(({ id, number, title }) =>
    element('a', { href: `#${id}`, title, 'aria-label': `${number}. ${title}`, 'aria-current': id === exhibit?.id ? 'page' : false }, [String(number)]),
  );
  const where = text('deck.where', { number: exhibit?.number ?? 1, count: exhibits.length });
  root.replaceChildren(...links, element('span', { class: 'where' }, [where]));
}

/** @param {Deck} deck */
function progressWords(deck) {
  if (deck.graphs.length > 0) return text('deck.progress', { at: deck.at, count: walkLength(deck) });
  return deck.reading ? text('at', { step: deck.reading.step }) : '';
}

/** @param {DeckActions} actions */
function listenToButtons(actions) {
  const press = (/** @type {string} */ name, /** @type {() => void} */ run) =>
    part(document, `[name=${name}]`, HTMLButtonElement).addEventListener('click', run);
  press('on', () => actions.on());
  press('back', () => actions.back());
  press('all', () => actions.all());
}

async function start() {
  const words = await fetch(new URL('../../text/en.json', import.meta.url));
  useCatalogue(await words.json());
  fillWords(document);
  document.title = text('deck.title');
  const root = (/** @type {string} */ id) => part(document, `#${id}`, HTMLElement);
  const store = createDeck(FIRST);
  const actions = createDeckActions(store);
  const rounded = part(document, '[name=rounded]', HTMLInputElement);
  const views = [createWords(root('words')), createGates(root('gates'), rounded, actions), createTable(root('table'))];
  const open = part(document, '[name=try]', HTMLButtonElement);
  const all = part(document, '[name=all]', HTMLButtonElement);
  open.addEventListener('click', () => window.location.assign(new URL(`./#id=${store.get().reading?.id}`, document.baseURI)));
  store.subscribe((deck) => {
    for (const view of views) view.update(deck);
    drawFoot(root('foot'), deck);
    const gates = (deck.exhibit?.expressions.length ?? 0) > 0;
    root('rounding').hidden = !gates;
    open.hidden = deck.reading === null;
    all.hidden = !gates && !deck.exhibit?.rounds;
    write(root('progress'), progressWords(deck));
    write(root('fault'), deck.fault);
  });
  listenToKeys(actions);
  listenToButtons(actions);
  window.addEventListener('hashchange', () => void actions.open(window.location.hash.slice(1)));
  await actions.open(window.location.hash.slice(1));
}

void start();
