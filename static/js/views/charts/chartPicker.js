/** Which view stands in the plane's place: a row of radio buttons, so that arrow keys go through it. */

import { element } from '../../lib/dom/element.js';
import { text } from '../../lib/format/i18n.js';
import { CHARTS } from '../../state/slices/charts.js';

/** @typedef {import('../../state/types.js').State} State */
/** @typedef {import('../../actions/index.js').Actions} Actions */

/** @param {HTMLElement} root @param {Actions} actions */
export function createChartPicker(root, actions) {
  const inputs = CHARTS.map((chart) => {
    const input = element('input', { type: 'radio', name: 'chart', value: chart });
    input.addEventListener('change', () => actions.showChart(chart));
    root.append(
      element('label', { 'data-hint': `sight.${chart}` }, [
        input,
        element('span', {}, [text(`sight.${chart}.name`)]),
      ]),
    );
    return input;
  });
  return {
    /** @param {State} state */
    update({ ui }) {
      for (const input of inputs)
        if (input.checked !== (input.value === ui.chart)) input.checked = input.value === ui.chart;
    },
    destroy: () => root.replaceChildren(),
  };
}
