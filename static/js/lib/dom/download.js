/** Saving on the visitor's machine, without a server that knows of it. */

const REVOKE_AFTER_MS = 60_000;

/** @param {Blob} file @param {string} name */
export function downloadFile(file, name) {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(address), REVOKE_AFTER_MS);
}
