// The review, handing in, and what comes after.

import { armoured } from "./armour.js";
import { LAST_REVISION, newReceipt } from "./codes.js";
import * as drafts from "./draft.js";
import { button, element, mainButton, paragraph, title } from "./elements.js";
import { here, wordsOf } from "./questions.js";
import { sheetFile } from "./sheet_file.js";
import { become, consentOf, name, now, page, sentName, show, tell, words } from "./sitting.js";
import { erase, keep, keptDraft } from "./store.js";
import { figures, fill } from "./text.js";

const HOUR = 3_600_000;

export function review() {
  const { open } = here();
  const left = drafts.progress(page, now.draft);
  const n = left.asked - left.answered;
  const go = (step) => {
    become(drafts.goTo(now.draft, step.id));
    show("question");
  };
  let strand = -1;
  const rows = open.flatMap((step) => {
    const heading = step.strand === strand ? [] : [element("h2", {}, page.strands[step.strand].title)];
    strand = step.strand;
    const item = drafts.itemOf(page, step);
    const given = givenTo(step, item);
    const nothing = drafts.wantsAnswer(page, step) ? words.unanswered : words.unwritten;
    const row = button(wordsOf(step, item), () => go(step), { class: "reviewed" });
    row.append(element("span", { class: given ? "given lines" : "none" }, given || nothing));
    return [...heading, row];
  });
  return [
    title(words.review),
    paragraph(n === 0 ? words.all : n === 1 ? words.one : fill(words.some, { n })),
    asksIfMeant() ? element("p", { class: "strong" }, ifMeant()) : "",
    paragraph(words.toChange, "quiet"),
    consentOf(now.draft.group) ? button(words.consent, () => show("consent"), { class: "plain" }) : "",
    page.needsCode && !page.code ? button(fill(words.changeCode, now), () => show("code"), { class: "plain" }) : "",
    mainButton(words.handIn, () => show("confirm")),
    ...rows,
    mainButton(words.handIn, () => show("confirm")),
  ].filter(Boolean);
}

// Once, where somebody gave one answer throughout. It need not be replied to.
function asksIfMeant() {
  const given = drafts.givenThroughout(page, now.draft).length > 0;
  const asks = given && !now.wasAskedIfMeant;
  now.wasAskedIfMeant ||= given;
  return asks;
}

function ifMeant() {
  const told = drafts.givenThroughout(page, now.draft).map((label) => `“${label}”`);
  const joined = [told.slice(0, -1).join(", "), told.at(-1)].filter(Boolean).join(words.or);
  return fill(told.length === 1 ? words.oneAnswer : words.sameAnswers, { told: joined });
}

function givenTo(step, item) {
  if (step.barrier) return drafts.isPast(now.draft, step.barrier) ? words.once : words.still;
  if (item === null) return drafts.commentOn(now.draft, step.id);
  const response = drafts.responseTo(now.draft, step.id);
  const chosen = item.choices.filter((choice) => drafts.isChosen(now.draft, item, choice)).map((choice) => choice.label || choice.key);
  const answer = chosen.length ? chosen.join(", ") : typeof response === "number" ? figures(response) : (response ?? "");
  const comment = drafts.commentOn(now.draft, step.id);
  return comment ? `${answer || words.unanswered}\n“${comment}”` : answer;
}

export function confirm() {
  return [
    title(words.confirm),
    paragraph(words.confirmWords),
    mainButton(words.handIn, handIn),
    button(words.notYet, () => show("review"), { class: "plain" }),
  ];
}

async function handIn(event) {
  event.target.disabled = true;
  tell(words.wait, true);
  const { draft, code } = now;
  const receipt = now.receipt || newReceipt();
  const revision = now.receipt ? nextRevision() : 0;
  const content = await sheetFile(page, draft, { receipt, revision, code, again: now.receipt ? drafts.abouts(page) : [] });
  const row = now.room ? null : drafts.row(page, draft, Boolean(consentOf(draft.group)));
  now.handedIn = { receipt, revision, content, row, draft };
  if (now.room) return send();
  erase(name());
  keepSheet();
  tell("");
  return show("done", { replaces: true });
}

// Higher than those of what the person handed in before, of which only the time is known for sure.
function nextRevision() {
  const hours = 1 + Math.floor((Date.now() - page.since) / HOUR);
  return Math.min(LAST_REVISION, Math.max(hours, now.revision + 1));
}

function keepSheet() {
  if (now.keeps && !now.isShared) keep(sentName(), now.handedIn);
}

// To the laptop in the room. What cannot be sent is kept, and can be saved as a file.
async function send() {
  tell(words.wait, true);
  let answer;
  try {
    answer = await now.room.send(now.host, "/sheet", now.handedIn.content);
  } catch {
    keepSheet();
    show("done", { replaces: true });
    return tell(words.unreachable, true);
  }
  tell("");
  if (answer.refused) {
    now.handedIn = null;
    erase(sentName());
    show("review");
    return tell(answer.refused, true);
  }
  erase(name());
  erase(sentName());
  now.result = answer.result;
  return show("result", { replaces: true });
}

// Of what was just handed in, or of what a receipt leads to.
export function result() {
  const receipt = now.handedIn?.receipt;
  return [
    title(receipt ? words.inRoom : words.result),
    receipt ? element("p", { class: "receipt", id: "receipt" }, receipt) : "",
    receipt ? paragraph(words.receiptWords) : "",
    receipt ? element("h2", {}, words.result) : "",
    paragraph(words.onlyYou, "quiet"),
    ...now.room.drawn(now.result, element),
  ].filter(Boolean);
}

export function done() {
  const { receipt, content, row } = now.handedIn;
  const file = new File([content], page.file, { type: "text/plain" });
  const canShare = navigator.canShare?.({ files: [file] }) ?? false;
  const area = element("textarea", { class: "text", readonly: true, id: "text", "aria-label": words.asText });
  area.value = armoured(content);
  return [
    title(words.done),
    now.room ? mainButton(words.tryAgain, send) : "",
    paragraph(words.send),
    canShare ? mainButton(words.share, () => navigator.share({ files: [file] }).catch(() => {})) : "",
    element("a", { class: canShare ? "button" : "button main", href: URL.createObjectURL(file), download: page.file }, words.download),
    button(words.copy, () => copy(area)),
    element("details", {}, element("summary", {}, words.asText), area),
    row
      ? element("details", {}, element("summary", {}, words.asRow), paragraph(words.rowWords), element("p", { class: "row-of-keys", id: "row" }, row))
      : "",
    element("h2", {}, words.receipt),
    element("p", { class: "receipt", id: "receipt" }, receipt),
    paragraph(words.receiptWords),
    now.isShared ? "" : paragraph(words.stillKept, "quiet"),
    mainButton(words.sent, () => {
      erase(sentName());
      show("thanks", { replaces: true });
    }),
    button(words.change, change, { class: "plain" }),
  ].filter(Boolean);
}

async function copy(area) {
  area.closest("details").open = true;
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
  } catch {
    document.execCommand("copy");
  }
  tell(words.copied, true);
}

// What was handed in may have been sent, so what is handed in next has the same receipt and takes its place. Until then
// both are kept: whoever comes back after closing the page starts here again, with what they have changed.
function change() {
  const { draft, receipt, revision } = now.handedIn;
  const changed = now.keeps ? keptDraft(name()) : null;
  Object.assign(now, { receipt, revision, handedIn: null });
  become(changed?.isAgain ? changed : drafts.again(draft));
  show("review", { replaces: true });
}

export function thanks() {
  return [title(words.thanks), paragraph(words.erased)];
}
