/** The views that are not seen at first: they come when the network has been painted. */

import { KEYS } from './keyboard.js';
import { part } from '../lib/dom/element.js';
import { createCard } from '../views/card/card.js';
import { createChecked } from '../views/lossChart/gradientBadge.js';
import { createPalette } from '../views/boundary/drawingPalette.js';
import { createPen } from '../views/boundary/drawingPen.js';
import { createFile } from '../views/panels/file.js';
import { createFormulas } from '../views/data/formulaFeatures.js';
import { createHelp } from '../views/layout/shortcuts.js';
import { createHint } from '../views/layout/tooltip.js';
import { createCover } from '../views/microscope/answerMask.js';
import { createDock } from '../views/microscope/microscope.js';
import { createLight } from '../views/microscope/highlight.js';
import { createPicker } from '../views/microscope/examplePicker.js';
import { createMore } from '../views/advanced/advancedSettings.js';
import { createPresetsPanel } from '../views/panels/presets.js';
import { createRest } from '../views/panels/restSnippet.js';
import { createShare } from '../views/panels/share.js';
import { createSigns } from '../views/boundary/regionLabels.js';
import { createArrivals } from '../views/data/dropTarget.js';
import { createOwn } from '../views/data/csvImport.js';

/** @typedef {import('../actions/index.js').Actions} Actions */
/** @typedef {import('../state/types.js').State} State */

/** @param {Actions} actions @returns {{update: (state: State) => void, destroy: () => void}[]} */
export function createLaterViews(actions) {
  const root = (/** @type {string} */ id) => part(document, `#${id}`, HTMLElement);
  return [
    createMore(root('more'), actions),
    createCard(root('card'), actions),
    createFormulas(root('formulas'), actions),
    createDock(root('microscope'), actions),
    createLight(root('content')),
    createPicker(root('board'), actions),
    createSigns(root('board')),
    createPen(root('board'), actions),
    createPalette(root('output'), actions),
    createRest(root('rest'), actions),
    createOwn(root('own'), actions, root('data')),
    createArrivals(root('drop'), actions),
    createShare(root('share'), actions),
    createFile(root('file'), actions),
    createPresetsPanel(root('presets'), actions),
    createChecked(part(document, '#checked', HTMLButtonElement), actions),
    createCover(document.documentElement),
    createHelp(root('help'), actions, KEYS),
    createHint(root('hint'), KEYS),
  ];
}
