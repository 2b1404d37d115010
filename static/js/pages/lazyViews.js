/** The views that are not seen at first: they come when the network has been painted. */

import { KEYS } from './keyboard.js';
import { requireElement } from '../lib/dom/element.js';
import { createCard } from '../views/card/card.js';
import { createGradientBadge } from '../views/lossChart/gradientBadge.js';
import { createDrawingPalette } from '../views/boundary/drawingPalette.js';
import { createDrawingPen } from '../views/boundary/drawingPen.js';
import { createFilePanel } from '../views/panels/file.js';
import { createFormulaFeatures } from '../views/data/formulaFeatures.js';
import { createShortcuts } from '../views/layout/shortcuts.js';
import { createTooltip } from '../views/layout/tooltip.js';
import { createAnswerMask } from '../views/microscope/answerMask.js';
import { createMicroscope } from '../views/microscope/microscope.js';
import { createHighlight } from '../views/microscope/highlight.js';
import { createExamplePicker } from '../views/microscope/examplePicker.js';
import { createAdvancedSettings } from '../views/advanced/advancedSettings.js';
import { createPresetsPanel } from '../views/panels/presets.js';
import { createRestSnippet } from '../views/panels/restSnippet.js';
import { createSharePanel } from '../views/panels/share.js';
import { createRegionLabels } from '../views/boundary/regionLabels.js';
import { createDropTarget } from '../views/data/dropTarget.js';
import { createCsvImport } from '../views/data/csvImport.js';

/** @typedef {import('../actions/index.js').Actions} Actions */
/** @typedef {import('../state/types.js').State} State */

/** @param {Actions} actions @returns {{update: (state: State) => void, destroy: () => void}[]} */
export function createLazyViews(actions) {
  const root = (/** @type {string} */ id) => requireElement(document, `#${id}`, HTMLElement);
  return [
    createAdvancedSettings(root('more'), actions),
    createCard(root('card'), actions),
    createFormulaFeatures(root('formulas'), actions),
    createMicroscope(root('microscope'), actions),
    createHighlight(root('content')),
    createExamplePicker(root('board'), actions),
    createRegionLabels(root('board')),
    createDrawingPen(root('board'), actions),
    createDrawingPalette(root('output'), actions),
    createRestSnippet(root('rest'), actions),
    createCsvImport(root('own'), actions, root('data')),
    createDropTarget(root('drop'), actions),
    createSharePanel(root('share'), actions),
    createFilePanel(root('file'), actions),
    createPresetsPanel(root('presets'), actions),
    createGradientBadge(requireElement(document, '#checked', HTMLButtonElement), actions),
    createAnswerMask(document.documentElement),
    createShortcuts(root('help'), actions, KEYS),
    createTooltip(root('hint'), KEYS),
  ];
}
