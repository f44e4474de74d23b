// Text that people write, made safe as `selfassess/text.py` does it, and numbers that they type, as in `numbers.py`.

import { MARKS } from "./unicode.js";

export const LONGEST_TEXT = 4000;
const MOST_MARKS = 30;
const LOOKED_AT = 16;

const END = "(?=\\n?(?![\\s\\S]))";
const ESCAPES = new RegExp(
  "(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]" +
    `|(?:\\x1b[\\]PX^_]|[\\x90\\x98\\x9d-\\x9f])[\\s\\S]*?(?:\\x1b\\\\|\\x07|\\x9c|${END})` +
    "|\\x1b[ -/]*[0-~]?",
  "gu",
);
const HIDDEN = new RegExp(
  "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f" +
    "\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\ud800-\\udfff" +
    "\\u{e0000}-\\u{e007f}]",
  "gu",
);

// The text without what cannot be seen, composed, at most `longest` characters. Cleaning twice changes nothing.
export function clean(text, longest = LONGEST_TEXT) {
  const shown = cut(visible(cut(text, LOOKED_AT * longest)), longest);
  return cut(withoutHeaps(shown.normalize("NFC")), longest);
}

// Whether there is nothing in a text but white space, as Python knows it.
export function isBlank(text) {
  return /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/.test(text);
}

function cut(text, longest) {
  if (text.length <= longest) return text;
  const characters = Array.from(text);
  return characters.length <= longest ? text : characters.slice(0, longest).join("");
}

function visible(text) {
  let before = text.replace(/\r\n/g, "\n").replace(/\r/g, "\n");
  for (;;) {
    const after = before.replace(ESCAPES, "").replace(HIDDEN, "");
    if (after === before) return withoutHeaps(after);
    before = after;
  }
}

function withoutHeaps(text) {
  let marks = 0;
  let found = "";
  for (const character of text) {
    marks = isMark(character.codePointAt(0)) ? marks + 1 : 0;
    if (marks <= MOST_MARKS) found += character;
  }
  return found;
}

// Whether a character combines with the one before it.
function isMark(point) {
  if (point < 0x300) return false;
  let [low, high] = [0, MARKS.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = MARKS[middle];
    if (point < first) high = middle - 1;
    else if (point > last) low = middle + 1;
    else return true;
  }
  return false;
}

const FIGURES = /^[-−]?(?:[0-9]{1,15}(?:[.,][0-9]{1,6})?|[0-9]{1,3}(?:,[0-9]{3})+)$/;
const THOUSANDS = /^-?[1-9][0-9]{0,2}(?:,[0-9]{3})+$/;
const LONGEST_NUMBER = 40;

// The number that a text says in figures: "12", "2.5", "2,5" or "1,200". null for anything else.
export function number(text) {
  const typed = text.trim();
  if (!FIGURES.test(typed) || typed.length > LONGEST_NUMBER) return null;
  const plain = typed.replace("−", "-");
  return Number(THOUSANDS.test(plain) ? plain.replaceAll(",", "") : plain.replace(",", ".")) + 0; // so that "-0" is 0
}

// The figures of a number, which `number` reads again.
export function figures(value) {
  return value.toFixed(6).replace(/0+$/, "").replace(/\.$/, "");
}

// A sentence with its gaps filled: fill("{n} of {m}", { n: 3, m: 5 }).
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
