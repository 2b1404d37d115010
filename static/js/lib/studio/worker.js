/** The worker's door: scenes and parameters in, pictures out. One answer to every paint message. */

import { createStudio } from './studio.js';

/** @typedef {import('./scene.js').SceneMessage} SceneMessage */
/** @typedef {import('./scene.js').PaintMessage} PaintMessage */

const evaluator = String(new URL('../../../../evaluator.js', import.meta.url));
/** @type {Promise<import('./studio.js').Evaluator>} */
const registries = import(evaluator);
const studio = registries.then(createStudio);

addEventListener('message', async (/** @type {MessageEvent<SceneMessage | PaintMessage>} */ { data }) => {
  const { setScene, paint } = await studio;
  if (data.type === 'scene') {
    setScene(data.scene);
    return;
  }
  const painted = paint(data.theta, data.view, data.sharp);
  const bitmaps = painted ? [painted.board, painted.tiles, painted.offers, painted.chosen] : [];
  const transfer = bitmaps.filter((bitmap) => bitmap !== null);
  postMessage(painted && { ...painted, number: data.number }, { transfer });
});
