/** Saving on the visitor's machine, without a server that knows of it. */

const UNTIL_TAKEN = 60_000;

/** @param {Blob} file @param {string} name */
export function downloadFile(file, name) {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(address), UNTIL_TAKEN);
}
