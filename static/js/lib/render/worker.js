/** The worker's door: scenes, views and parameters in, pictures out. One answer to every paint message. */

import { createRenderer } from './renderer.js';

/** @typedef {import('./scene.js').SceneMessage} SceneMessage */
/** @typedef {import('./scene.js').ViewMessage} ViewMessage */
/** @typedef {import('./scene.js').CloudMessage} CloudMessage */
/** @typedef {import('./scene.js').PaintMessage} PaintMessage */

const evaluator = String(new URL('../../../../evaluator.js', import.meta.url));
/** @type {Promise<import('./compute/gridCache.js').Evaluator>} */
const registries = import(evaluator);
const renderer = registries.then(createRenderer);

addEventListener(
  'message',
  async (/** @type {MessageEvent<SceneMessage | ViewMessage | CloudMessage | PaintMessage>} */ { data }) => {
    const { setScene, setView, setCloud, paint } = await renderer;
    if (data.type === 'scene') setScene(data.scene);
    else if (data.type === 'view') setView(data.view);
    else if (data.type === 'cloud') setCloud(data.cloud);
    else {
      const pictures = paint(data);
      const bitmaps = pictures
        ? [pictures.board, pictures.maps, pictures.links, pictures.chosen, pictures.space?.picture ?? null]
        : [];
      postMessage(pictures, { transfer: bitmaps.filter((bitmap) => bitmap !== null) });
    }
  },
);
