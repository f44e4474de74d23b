// The page itself: its views, and what comes from outside it: keys, the back button, another window, the address.

import { ADMISSION_LENGTH, normalise } from "./codes.js";
import * as drafts from "./draft.js";
import {
  askCode, askConsent, askGroup, askMatching, askReceipt, clearAll, returned, takeBack, takenBack, welcome,
} from "./entry.js";
import { confirm, done, result, review, thanks } from "./handing_in.js";
import { choose, here, move, question } from "./questions.js";
import { draw, name, now, page, sentName, show, tell, words } from "./sitting.js";
import { keptDraft, keptSheet } from "./store.js";

const KEY = /^[\w-]{43}$/; // of a laptop, in base64 for addresses
const VIEWS = {
  welcome,
  clearAll,
  code: askCode,
  receipt: askReceipt,
  returned,
  takeBack,
  takenBack,
  group: askGroup,
  consent: askConsent,
  matching: askMatching,
  question,
  review,
  confirm,
  done,
  result,
  thanks,
};

function press(event) {
  const isTyping = event.target.matches?.("input, textarea");
  if (now.view !== "question" || now.wholePart || isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
  const { step } = here();
  const item = drafts.itemOf(page, step);
  const choice = item?.choices.find((one) => one.key && one.key === event.key.toLowerCase());
  if (event.key === "ArrowLeft") move(-1);
  else if (event.key === "ArrowRight") move(1);
  else if (choice && !event.repeat) choose(step, item, choice);
}

function goBack(event) {
  if (now.handedIn) return show(now.view, { replaces: true });
  if (event.state?.began !== now.began) return show("welcome", { replaces: true }); // from before the page was reloaded
  now.view = event.state.view;
  if (event.state.place) now.draft = drafts.goTo(now.draft, event.state.place);
  now.movedAt = performance.now();
  return draw();
}

// What was done in another window holds here too: nobody hands in twice by accident.
function takeOver(event) {
  if (now.handedIn) return;
  if (event.key === sentName() && event.newValue) {
    now.handedIn = keptSheet(sentName());
    show("done", { replaces: true });
    tell(words.otherTab, true);
  } else if (event.key === name()) {
    const kept = keptDraft(name());
    now.draft = kept ?? drafts.newDraft(page.group);
    if (kept) draw();
    else show("welcome", { replaces: true });
    tell(kept ? words.otherTab : words.otherTabDone, true);
  }
}

// What can stand behind the # of the address, which no server is told: the code, the group, the key of the laptop.
function readAddress() {
  for (const part of decodeURIComponent(location.hash.slice(1)).split("/")) {
    if (KEY.test(part)) now.host = part;
    else now.code ||= normalise(part, ADMISSION_LENGTH) ?? "";
    if (page.group === null && page.groups.some((group) => group.id === part)) now.draft.group = part;
  }
}

export function start(room = null) {
  Object.assign(now, { room, views: VIEWS, began: Date.now() });
  readAddress();
  document.addEventListener("keydown", press);
  window.addEventListener("popstate", goBack);
  window.addEventListener("storage", takeOver);
  for (const wrong of ["error", "unhandledrejection"]) window.addEventListener(wrong, () => tell(words.broken, true));
  now.handedIn = keptSheet(sentName());
  show(now.handedIn ? "done" : "welcome", { replaces: true });
}
