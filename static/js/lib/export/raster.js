/** A drawing as pixels, twice as fine as the screen's, for where vectors are not taken. */

/** @typedef {import('./svgDocument.js').Svg} Svg */

const FINENESS = 2;

/** @param {Svg} svg @returns {Promise<Blob>} */
export async function rasterize({ file, width, height }) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * FINENESS;
  canvas.height = height * FINENESS;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('this browser made no picture'))),
      'image/png',
    );
  });
}
