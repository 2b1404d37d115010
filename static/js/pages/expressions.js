/** Brings the page for expressions to life. */

import { createExpressionActions } from '../actions/expressions.js';
import { keptTheme } from '../actions/page/theme.js';
import { listenToKeys } from './keyboard.js';
import { part } from '../lib/dom/element.js';
import { keepFocus } from '../lib/ui/focus.js';
import { fillWords, text, useCatalogue } from '../lib/format/i18n.js';
import { BLANK, createExpressions } from '../state/pages/expressions.js';
import { fetchWords } from '../transport/staticFiles.js';
import { createTyped } from '../views/graph/expressionInput.js';
import { createWalker } from '../views/graph/expressionControls.js';
import { createGates } from '../views/graph/gates.js';
import { createHelp } from '../views/layout/shortcuts.js';
import { createHint } from '../views/layout/tooltip.js';
import { createLanguage } from '../views/layout/languageButtons.js';
import { keepEarlyKeys } from './earlyInput.js';

/** @typedef {import('../actions/expressions.js').ExpressionActions} Actions */
/** @typedef {import('../state/pages/expressions.js').Expressions} Expressions */
/** @typedef {import('./keyboard.js').Key<Actions>} Key */

/** @type {Key[]} */
const EXPRESSION_KEYS = [
  { name: 'on', key: 'ArrowRight', hint: 'deck.on', run: (actions) => actions.walk(1) },
  { name: 'onBack', key: 'ArrowLeft', hint: 'deck.back', run: (actions) => actions.walk(-1) },
  { name: 'walkStart', key: 'Home', run: (actions) => actions.walkTo(0) },
  { name: 'walkEnd', key: 'End', run: (actions) => actions.toEnd() },
  { name: 'projector', key: 'p', hint: 'deck.projector', run: (actions) => actions.switchProjector() },
  { name: 'theme', key: 't', hint: 'header.theme', run: (actions) => actions.switchTheme() },
  { name: 'help', key: '?', hint: 'header.help', run: (actions) => actions.toggleHelp() },
  { name: 'dismiss', key: 'Escape', run: (actions) => actions.closeSheet() },
];

const root = (/** @type {string} */ id) => part(document, `#${id}`, HTMLElement);

/** @param {Expressions} state */
function wear({ theme, projector }) {
  const page = document.documentElement;
  if (theme) page.dataset.theme = theme;
  page.toggleAttribute('data-projector', projector);
}

async function start() {
  const pressEarlyKeys = keepEarlyKeys();
  useCatalogue(await fetchWords());
  fillWords(document);
  document.title = text('expressions.title');
  const store = createExpressions({ ...BLANK, theme: keptTheme() });
  const actions = createExpressionActions(store);
  const views = [
    createWalker(root('deckHead'), actions),
    createTyped(root('typed'), actions),
    createGates(root('gates'), part(document, '[name=rounded]', HTMLInputElement), actions),
  ];
  const help = createHelp(root('help'), { look: () => actions.closeSheet() }, EXPRESSION_KEYS);
  createLanguage(root('deckHead'), actions);
  createHint(root('hint'), EXPRESSION_KEYS);
  store.subscribe((state) => {
    wear(state);
    for (const view of views) view.update(state);
    help.update({ look: { sheet: state.sheet } });
  });
  window.addEventListener('hashchange', () => void actions.openAddress(window.location.hash.slice(1)));
  await actions.openAddress(window.location.hash.slice(1));
  listenToKeys(actions, EXPRESSION_KEYS);
  keepFocus();
  pressEarlyKeys();
}

void start();
