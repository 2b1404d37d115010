/** Whether things may move that nobody has set in motion. */
export const wantsMotion = () => !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
