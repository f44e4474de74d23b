// Codes that people keep and type, and the keys made from them, as in `project/codes.py`. docs/json.md has examples.

import { clean } from "./text.js";
import { blake2b, scryptAsync, sha256 } from "./vendor/noble-hashes.js";

const ALPHABET = "0123456789ACDEFGHJKMNPQRTVWXY";
const ALIKE = { O: "0", I: "1", L: "1", Z: "2", S: "5", B: "8", U: "V" };
const BETWEEN = /[-_. \t\n\r\u00a0\u2010-\u2014\u2212]/gu;
export const RECEIPT_LENGTH = 20;
export const ADMISSION_LENGTH = 12;
export const LAST_REVISION = 999;
const WORK = 2 ** 14;

const bytes = (text) => new TextEncoder().encode(text);

export function hex(found) {
  return Array.from(found, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The bytes of hexadecimal digits.
function unhex(digits) {
  return Uint8Array.from(digits.match(/../g), (byte) => parseInt(byte, 16));
}

export function checksum(text) {
  return hex(sha256(bytes(text)));
}

// A random receipt, in groups of four.
export function newReceipt() {
  let found = "";
  while (found.length < RECEIPT_LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(RECEIPT_LENGTH))) {
      // Bytes above the last whole run of the alphabet would make its first characters likelier.
      if (byte < 256 - (256 % ALPHABET.length) && found.length < RECEIPT_LENGTH) found += ALPHABET[byte % ALPHABET.length];
    }
  }
  return grouped(found);
}

function grouped(code) {
  return code.match(/.{1,4}/g).join("-");
}

// A code of this length as it is shown, from what somebody typed; null if it is none.
export function normalise(typed, length) {
  const code = Array.from(typed.toUpperCase().replace(BETWEEN, ""), (one) => ALIKE[one] ?? one).join("");
  if (code.length !== length || Array.from(code).some((one) => !ALPHABET.includes(one))) return null;
  return grouped(code);
}

export function sheetKey(receipt) {
  return derived(receipt, "sheet", "");
}

export function textKey(receipt, about) {
  return derived(receipt, "text", about);
}

export function refusalKey(receipt) {
  return derived(receipt, "refusal", "");
}

// What proves that this revision comes from the person with the receipt.
export function proof(receipt, revision) {
  let key = unhex(derived(receipt, "proof", ""));
  for (let step = revision; step < LAST_REVISION; step++) {
    key = blake2b(key, { dkLen: 16, personalization: personal("proof") });
  }
  return hex(key);
}

// What proves that a file with this digest was written with the code of this admission key.
export function signature(admission, digest) {
  return derived(admission, "admission", digest);
}

// Slow, because an admission code is short enough to guess.
export function admissionKey(code, salt) {
  return slow(code, `admission ${salt}`);
}

// The key of a code that a person made up; null if nothing is left of it.
export async function matchingKey(typed, salt) {
  const plain = Array.from(clean(typed).normalize("NFKC"), folded).join("").replace(BETWEEN, "");
  return plain ? slow(plain, `matching ${salt}`) : null;
}

// A character without its case, as Python folds it. Two scripts go the other way than lower case.
function folded(character) {
  const upper = character.toUpperCase();
  if (character === "ı") return character;
  if (/[\u13a0-\u13fd\uab70-\uabbf]/u.test(character)) return upper;
  return Array.from(upper, (one) => one.toLowerCase()).join("");
}

async function slow(code, salt) {
  return hex(await scryptAsync(bytes(code), bytes(salt), { N: WORK, r: 8, p: 1, dkLen: 16 }));
}

function derived(secret, person, about) {
  return hex(blake2b(bytes(about), { dkLen: 16, key: bytes(secret), personalization: personal(person) }));
}

// BLAKE2b takes sixteen bytes of personalisation; shorter ones are filled up with nothing.
function personal(word) {
  const filled = new Uint8Array(16);
  filled.set(bytes(word));
  return filled;
}
