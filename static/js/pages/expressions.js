/** Brings the page for expressions to life. */

import { createExpressionActions } from '../actions/expressions.js';
import { savedTheme } from '../actions/page/theme.js';
import { listenToKeys } from './keyboard.js';
import { requireElement } from '../lib/dom/element.js';
import { restoreFocus } from '../lib/ui/focus.js';
import { fillTexts, text, setMessages } from '../lib/format/i18n.js';
import { INITIAL_EXPRESSIONS, createExpressionStore } from '../state/pages/expressions.js';
import { fetchMessages } from '../transport/staticFiles.js';
import { createExpressionInput } from '../views/graph/expressionInput.js';
import { createExpressionControls } from '../views/graph/expressionControls.js';
import { createGates } from '../views/graph/gates.js';
import { createShortcuts } from '../views/layout/shortcuts.js';
import { createTooltip } from '../views/layout/tooltip.js';
import { createLanguageButtons } from '../views/layout/languageButtons.js';
import { recordEarlyKeys } from './earlyInput.js';

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
  { name: 'dismiss', key: 'Escape', run: (actions) => actions.closePanel() },
];

const root = (/** @type {string} */ id) => requireElement(document, `#${id}`, HTMLElement);

/** @param {Expressions} state */
function applyAppearance({ theme, projector }) {
  const page = document.documentElement;
  if (theme) page.dataset.theme = theme;
  page.toggleAttribute('data-projector', projector);
}

async function start() {
  const pressEarlyKeys = recordEarlyKeys();
  setMessages(await fetchMessages());
  fillTexts(document);
  document.title = text('expressions.title');
  const store = createExpressionStore({ ...INITIAL_EXPRESSIONS, theme: savedTheme() });
  const actions = createExpressionActions(store);
  const views = [
    createExpressionControls(root('lectureHead'), actions),
    createExpressionInput(root('typed'), actions),
    createGates(root('gates'), requireElement(document, '[name=rounded]', HTMLInputElement), actions),
  ];
  const help = createShortcuts(root('help'), { setUi: () => actions.closePanel() }, EXPRESSION_KEYS);
  createLanguageButtons(root('lectureHead'), actions);
  createTooltip(root('hint'), EXPRESSION_KEYS);
  store.subscribe((state) => {
    applyAppearance(state);
    for (const view of views) view.update(state);
    help.update({ ui: { openPanel: state.openPanel } });
  });
  window.addEventListener('hashchange', () => void actions.openAddress(window.location.hash.slice(1)));
  await actions.openAddress(window.location.hash.slice(1));
  listenToKeys(actions, EXPRESSION_KEYS);
  restoreFocus();
  pressEarlyKeys();
}

void start();
