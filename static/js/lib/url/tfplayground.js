/**
 * What a TensorFlow Playground link says of the page itself: points shown, colours in two, controls hidden.
 */

const HIDE = '_hide';

/**
 * What that page calls a control, and what ours is called in `data-hides`; units of a layer are numNodes1,
 * numNodes2, …
 */
const CONTROLS = {
  showTestData: 'testPoints',
  discretize: 'discretize',
  playButton: 'play',
  stepButton: 'step',
  resetButton: 'reset',
  learningRate: 'rate',
  activation: 'activation',
  regularization: 'penalty',
  regularizationRate: 'penaltyRate',
  dataset: 'dataset',
  percTrainData: 'share',
  noise: 'noise',
  batchSize: 'batch',
  numHiddenLayers: 'layers',
  numNodes: 'units',
};

/** @param {string} link whole or behind its # @returns {Map<string, string>} */
function keysOf(link) {
  const behind = link.includes('#') ? link.slice(link.indexOf('#') + 1) : link;
  return new Map(
    behind
      .split('&')
      .map((pair) => /** @type {[string, string]} */ ([pair.split('=')[0], pair.split('=')[1] ?? ''])),
  );
}

/**
 * @param {string} link
 * @returns {{testPoints: boolean, discretize: boolean, hides: string[]}} hides: the controls of ours that it
 *   hides
 */
export function uiOfLink(link) {
  const keys = keysOf(link);
  const on = (/** @type {string} */ name) => ![undefined, '', 'false'].includes(keys.get(name));
  const hidden = [...keys]
    .filter(([name, value]) => name.endsWith(HIDE) && value === 'true')
    .map(([name]) => name.slice(0, -HIDE.length));
  const ours = hidden.map(
    (name) => CONTROLS[/** @type {keyof typeof CONTROLS} */ (name.replace(/^(numNodes)\d+$/, '$1'))],
  );
  return {
    testPoints: on('showTestData'),
    discretize: on('discretize'),
    hides: [...new Set(ours.filter(Boolean))],
  };
}
