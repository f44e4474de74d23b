// One person's sitting: what the page knows, what changes while somebody answers, and what of it is seen and kept.

import { newDraft } from "./draft.js";
import { canKeep, keep } from "./store.js";

export const page = JSON.parse(document.getElementById("questionnaire").textContent);
export const words = page.words;
const main = document.getElementById("main");
const said = document.getElementById("said");

// Everything that changes while somebody answers.
export const now = {
  views: {}, // by name, each a function that gives the elements to show; set once, as is `room`
  room: null, // the way to the laptop that served the page, if one did: { send, drawn }
  view: "welcome",
  draft: newDraft(page.group),
  code: page.code,
  keeps: canKeep(),
  isShared: false, // whether others use this device, so that nothing is kept
  wholePart: false,
  wasAskedIfMeant: false, // whether they meant to give one answer throughout
  wasOfferedCode: false, // a code of the person's own
  receipt: "", // of a person who answers again
  revision: 0, // of the sheet that was made last, where they answer again without leaving the page
  host: "", // the public key of the laptop in the room
  handedIn: null, // the file's content, its receipt, revision and draft
  result: null,
  movedAt: 0,
  began: 0, // when the page was loaded
};

// Keeping

export const name = () => `selfassess ${page.round} ${now.code || page.group || ""}`;
export const sentName = () => `${name()} handed in`; // what is kept until it was sent

export function become(draft) {
  now.draft = draft;
  if (now.keeps && !now.isShared && !now.handedIn) now.keeps = keep(name(), draft);
}

// Going from view to view

export function show(view, { replaces = false } = {}) {
  if (said.className) tell(""); // it was about the view before
  now.view = view;
  now.movedAt = performance.now();
  const place = { view, place: now.draft.place, began: now.began };
  if (replaces) history.replaceState(place, "");
  else history.pushState(place, "");
  draw();
  window.scrollTo(0, 0);
  (main.querySelector("h1, h2") ?? main).focus({ preventScroll: true });
}

export function draw() {
  const focused = document.activeElement?.id;
  main.replaceChildren(...now.views[now.view]().flat());
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

export function tell(text, isSeen = false) {
  said.className = isSeen ? "seen" : "";
  said.textContent = text;
}

// What a small group is asked before it may be shown; nothing where it is not.
export function consentOf(group) {
  return group === null ? page.consent : page.groups.find((one) => one.id === group).consent;
}
