/** A formula as it is read out: the TeX of gates and their slopes in words. */

import { text } from './i18n.js';

const GROUP = String.raw`\{([^{}]*)\}`;
const CASES = /\\begin\{cases\}(.*?) & (.*?)\\\\(.*?) & .*?\\end\{cases\}/g;
/** @type {[RegExp, string][]} what says something without words of a language */
const SIGNS = [
  [/\\left|\\right|\\bigl|\\bigr/g, ''],
  [/\\(?:operatorname|mathit)\{([^{}]*)\}/g, ' $1 '],
  [/\\tfrac(\d)(\d)/g, String.raw`\frac{$1}{$2}`],
  [/\^([\w])/g, '^{$1}'],
  [/_\{?(\w+)\}?/g, ' $1'],
];
/** Innermost first, as often as there are any. @type {[RegExp, string][]} */
const BUILT = [
  [new RegExp(String.raw`\\frac${GROUP}${GROUP}`), 'over'],
  [new RegExp(String.raw`\\sqrt${GROUP}`), 'root'],
  [/\^\{([23])\}/, 'raised'],
  [new RegExp(String.raw`\^${GROUP}`), 'power'],
];

/** @param {string} tex */
function built(tex) {
  let response = tex;
  for (let found = true; found; ) {
    found = false;
    for (const [form, key] of BUILT) {
      const next = response.replace(
        form,
        (_all, first, second) =>
          ` ${text(`read.${key === 'raised' ? `to${first}` : key}`, { first, second })} `,
      );
      if (next === response) continue;
      response = next;
      found = true;
      break;
    }
  }
  return response;
}

/** @param {string} tex */
export function texToSpeech(tex) {
  const cases = tex.replace(
    CASES,
    (_all, first, condition, second) =>
      `${first} ${text('microscope.if')} ${condition}, ${text('microscope.else')} ${second}`,
  );
  const plain = SIGNS.reduce((response, [form, words]) => response.replace(form, words), cases);
  return built(plain)
    .replace(/\\cdot(?![a-z])|\\,(?=\s*[\w(\\])/g, ` ${text('read.times')} `)
    .replace(/\\le(?![a-z])/g, '≤')
    .replace(/\\ge(?![a-z])/g, '≥')
    .replace(/\\[,;]/g, ' ')
    .replace(/\\([a-zA-Z]+)/g, ' $1 ')
    .replace(/-\s*/g, ` ${text('read.minus')} `)
    .replace(/[{}]/g, '')
    .replace(/\s+([,)])/g, '$1')
    .replace(/\(\s+/g, '(')
    .replace(/\s+/g, ' ')
    .trim();
}
