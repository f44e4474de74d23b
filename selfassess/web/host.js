// The way to the laptop in the room that served this page: what goes there and comes back is sealed, since others on the
// network can read what is sent. `web/seal.py` does the same at the other end.
//
// The laptop's public key stands behind the # of the address, which only its screen shows. For each message the page makes
// up a key pair; from both comes a secret, and from that one key for the way there and one for the way back. The first
// seals one message, so that its nonce can be nothing. Somebody could send that again to have it answered again: so each
// answer has a nonce of its own, which goes before it.

import { blake2b } from "./vendor/noble-hashes.js";
import { chacha20poly1305, x25519 } from "./vendor/noble-sealing.js";

const PATIENCE = 20_000; // milliseconds
const NONCE_LENGTH = 12;
const LONGEST_SENTENCE = 200;

// What the laptop answers at `path`: { refused }, or what was asked for. It throws where no laptop of ours answers.
export async function send(host, path, content) {
  const { secretKey, publicKey } = x25519.keygen();
  const theirs = keyIn(host);
  const secret = joined(publicKey, theirs, x25519.getSharedSecret(secretKey, theirs));
  const sealed = chacha20poly1305(keyFor("sheet", secret), new Uint8Array(NONCE_LENGTH)).encrypt(new TextEncoder().encode(content));
  const patience = new AbortController();
  setTimeout(() => patience.abort(), PATIENCE);
  const response = await fetch(path, {
    method: "POST",
    body: joined(publicKey, sealed),
    headers: { "Content-Type": "application/octet-stream" },
    signal: patience.signal,
  });
  const isSentence = response.headers.get("Content-Type")?.startsWith("text/plain");
  if (!response.ok && isSentence) return { refused: (await response.text()).slice(0, LONGEST_SENTENCE) };
  if (!response.ok) throw new Error(String(response.status));
  const answer = new Uint8Array(await response.arrayBuffer());
  const opened = chacha20poly1305(keyFor("answer", secret), answer.slice(0, NONCE_LENGTH)).decrypt(answer.slice(NONCE_LENGTH));
  return JSON.parse(new TextDecoder().decode(opened));
}

// The bytes of a key in an address.
function keyIn(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
}

function keyFor(what, secret) {
  return blake2b(secret, { dkLen: 32, key: new TextEncoder().encode(`selfassess ${what}`) });
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
