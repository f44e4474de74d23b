// The page itself: what is shown, one view after the other, and what happens when something is pressed.

import { armoured } from "./armour.js";
import { ADMISSION_LENGTH, LAST_REVISION, matchingKey, newReceipt, normalise, RECEIPT_LENGTH } from "./codes.js";
import * as drafts from "./draft.js";
import { sheetFile } from "./sheet_file.js";
import { canKeep, erase, keep, keptDraft, keptSheet } from "./store.js";
import { figures, fill } from "./text.js";

const SEEN = 250; // milliseconds for which an answer is shown before the page goes on
const REPEATED = 400; // within which a second press on the next question is taken for the first
const HOUR = 3_600_000;
const KEY = /^[\w-]{43}$/; // of a laptop, in base64 for addresses
const SVG = "http://www.w3.org/2000/svg";

// The laptop that served the page, if one did: { handInTo, drawn }. It is set once, before anything is shown.
let room = null;

const page = JSON.parse(document.getElementById("questionnaire").textContent);
const words = page.words;
const main = document.getElementById("main");
const said = document.getElementById("said");

// Everything that changes while somebody answers.
const now = {
  view: "welcome",
  draft: drafts.newDraft(page.group),
  code: page.code,
  keeps: canKeep(),
  isShared: false, // whether others use this device, so that nothing is kept
  wholePart: false,
  wasAskedIfMeant: false, // whether they meant to give one answer throughout
  wasOfferedCode: false, // a code of the person's own
  receipt: "", // of a person who answers again
  host: "", // the public key of the laptop in the room
  handedIn: null, // the file's content and its receipt
  result: null,
  movedAt: 0,
};

// Elements

function element(tag, attributes = {}, ...children) {
  const made = tag.startsWith("svg:") ? document.createElementNS(SVG, tag.slice(4)) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== ""));
  return made;
}

const paragraph = (text, kind = "lines") => element("p", { class: kind }, text);
const title = (text) => element("h1", { tabindex: "-1" }, text);
const button = (text, onclick, attributes = {}) => element("button", { type: "button", onclick, ...attributes }, text);
const mainButton = (text, onclick, attributes = {}) => button(text, onclick, { class: "main", ...attributes });

function field(id, label, value, attributes = {}) {
  const input = element("input", { type: "text", id, autocomplete: "off", autocapitalize: "off", spellcheck: "false", ...attributes });
  input.value = value;
  return [element("label", { for: id }, label), input];
}

// Keeping, and going from view to view

const name = () => `selfassess ${page.round} ${now.code || page.group || ""}`;
const sentName = () => `${name()} handed in`; // what is kept until it was sent

function become(draft) {
  now.draft = draft;
  if (now.keeps && !now.isShared && !now.handedIn) now.keeps = keep(name(), draft);
}

function show(view, { replaces = false } = {}) {
  now.view = view;
  now.movedAt = performance.now();
  const place = { view, place: now.draft.place };
  if (replaces) history.replaceState(place, "");
  else history.pushState(place, "");
  draw();
  window.scrollTo(0, 0);
  (main.querySelector("h1, h2") ?? main).focus({ preventScroll: true });
}

function draw() {
  const focused = document.activeElement?.id;
  main.replaceChildren(...VIEWS[now.view]().flat());
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function tell(text, isSeen = false) {
  said.className = isSeen ? "seen" : "";
  said.textContent = text;
}

// From the welcome to the first question

function nextQuestionBefore() {
  if (page.needsCode && !now.code) return "code";
  if (page.groups.length && now.draft.group === null) return "group";
  if (consentOf(now.draft.group) && now.draft.agrees === null) return "consent";
  if (page.matching && !now.draft.matching && !now.wasOfferedCode) return "matching";
  return "question";
}

function consentOf(group) {
  return group === null ? page.consent : page.groups.find((one) => one.id === group).consent;
}

const goOn = () => show(nextQuestionBefore());

function welcome() {
  const before = now.keeps ? keptDraft(name()) : null;
  const begin = () => {
    now.isShared = Boolean(document.getElementById("shared")?.checked);
    goOn();
  };
  const carryOn = () => {
    now.draft = before;
    now.wasOfferedCode = true;
    goOn();
  };
  if (room && !now.host) return [title(page.title), paragraph(words.noKey)];
  return [
    title(page.title),
    page.partnership ? paragraph(page.partnership, "quiet") : "",
    ...(before
      ? [mainButton(words.carryOn, carryOn), button(words.startAgain, () => show("clearAll"), { class: "plain" })]
      : [mainButton(words.start, begin), button(words.again, () => show("receipt"), { class: "plain" })]),
    paragraph(now.keeps ? words.keeps : words.keepsNothing, "quiet"),
    now.keeps && !before
      ? element("label", { class: "check" }, element("input", { type: "checkbox", id: "shared" }), words.shared)
      : "",
    ...words.welcome.flatMap(([heading, text]) => [element("h2", { class: "minor" }, heading), paragraph(text)]),
  ].filter(Boolean);
}

function clearAll() {
  const clearThem = () => {
    erase(name());
    now.draft = drafts.newDraft(page.group);
    show("welcome", { replaces: true });
  };
  return [
    title(words.clearAll),
    paragraph(words.clearAllWords),
    button(words.clearThem, clearThem),
    mainButton(words.keepThem, () => history.back()),
  ];
}

function askCode() {
  return asksLine("code", words.code, words.codeHelp, words.codeWrong, (typed) => {
    now.code = normalise(typed, ADMISSION_LENGTH) ?? "";
    const before = now.code && now.keeps ? keptDraft(name()) : null;
    if (before) now.draft = before;
    return now.code;
  });
}

function askReceipt() {
  return asksLine("receipt", words.receipt, words.receiptHelp, words.receiptWrong, (typed) => {
    now.receipt = normalise(typed, RECEIPT_LENGTH) ?? "";
    return now.receipt;
  });
}

// One line to type, which `take` accepts or refuses.
function asksLine(id, heading, help, refusal, take) {
  const accept = (event) => {
    event?.preventDefault();
    if (take(document.getElementById(id).value)) return goOn();
    document.getElementById(`${id}-wrong`).textContent = refusal;
    return document.getElementById(id).focus();
  };
  return [
    title(heading),
    element(
      "form",
      { onsubmit: accept },
      ...field(id, help, "", { "aria-describedby": `${id}-wrong` }),
      element("p", { id: `${id}-wrong`, class: "wrong", role: "alert" }),
      mainButton(words.next, accept),
    ),
  ];
}

function askGroup() {
  const choose = (group) => {
    become({ ...now.draft, group: group.id, agrees: null });
    goOn();
  };
  return [
    title(words.group),
    ...page.groups.map((group) =>
      button(group.title, () => choose(group), { "aria-pressed": String(now.draft.group === group.id) }),
    ),
  ];
}

function askConsent() {
  const consent = consentOf(now.draft.group);
  const take = (agrees) => {
    become({ ...now.draft, agrees });
    tell(consent.after[Number(agrees)]);
    goOn();
  };
  return [
    title(words.consent),
    ...consent.words.map((text) => paragraph(text)),
    button(words.yes, () => take(true)),
    button(words.no, () => take(false)),
    paragraph(words.changeable, "quiet"),
  ];
}

function askMatching() {
  const withCode = async (event) => {
    event.preventDefault();
    const typed = document.getElementById("matching").value;
    tell(words.wait, true);
    const key = await matchingKey(typed, page.salt);
    tell("");
    if (key === null) return document.getElementById("matching").focus();
    now.wasOfferedCode = true;
    become({ ...now.draft, matching: key });
    return goOn();
  };
  const without = () => {
    now.wasOfferedCode = true;
    goOn();
  };
  return [
    title(words.matching),
    ...words.matchingHelp.map((text) => paragraph(text)),
    element("form", { onsubmit: withCode }, ...field("matching", words.matchingField, ""), mainButton(words.next, withCode)),
    button(words.without, without, { class: "plain" }),
  ];
}

// The questions

function here() {
  const open = drafts.steps(page, now.draft);
  const at = Math.max(0, open.findIndex((step) => step.id === now.draft.place));
  return { open, at, step: open[at] };
}

function move(by) {
  const { open, at, step } = here();
  const same = (one) => now.wholePart && one.strand === step.strand;
  let next = at + by;
  while (open[next] && same(open[next])) next += by;
  if (next < 0) return show(page.groups.length > 0 && page.group === null ? "group" : "welcome");
  if (next >= open.length) return show("review");
  if (now.wholePart) while (next > 0 && open[next - 1].strand === open[next].strand) next -= 1;
  become(drafts.goTo(now.draft, open[next].id));
  return show("question");
}

function question() {
  const { open, at, step } = here();
  const strands = [...new Set(open.map((one) => one.strand))];
  const part = { part: strands.indexOf(step.strand) + 1, parts: strands.length, title: page.strands[step.strand].title };
  const { answered, asked } = drafts.progress(page, now.draft);
  const about = page.strands[step.strand].about;
  const isFirst = at === 0 || open[at - 1].strand !== step.strand;
  const shown = now.wholePart ? open.filter((one) => one.strand === step.strand) : [step];
  const waits = !now.wholePart && drafts.wantsAnswer(page, step) && !drafts.isAnswered(now.draft, step.id);
  return [
    element("p", { class: "quiet" }, fill(words.part, part)),
    element("progress", { max: String(asked), value: String(answered), "aria-label": fill(words.progress, { answered, asked }) }),
    now.wholePart ? title(part.title) : "",
    isFirst && about ? paragraph(about, "quiet") : "",
    ...shown.flatMap((one) => card(one, open)),
    element(
      "div",
      { class: "row" },
      button(words.back, () => move(-1), { id: "back", class: "plain" }),
      button(waits ? words.skip : words.next, () => move(1), { id: "next", class: waits ? "plain" : "main" }),
    ),
    button(now.wholePart ? words.oneByOne : words.wholePart, toggleWholePart, { id: "whole", class: "plain small" }),
    button(words.review, () => show("review"), { id: "review", class: "plain small" }),
  ].filter(Boolean);
}

function toggleWholePart() {
  now.wholePart = !now.wholePart;
  draw();
}

function wordsOf(step, item) {
  if (step.barrier) return words.stillOrOnce;
  return item === null ? page.benchmarks[step.benchmark].comment : (item.wording[now.draft.group] ?? item.text);
}

// One question with everything that can be done about it.
function card(step, open) {
  if (step.barrier && now.wholePart) return []; // it stands below what is written
  const item = drafts.itemOf(page, step);
  const wanted = open.filter((one) => drafts.wantsAnswer(page, one));
  const number = wanted.indexOf(step) + 1;
  const count = number ? fill(words.question, { number, asked: wanted.length }) : words.ownWords;
  const context = step.benchmark ? `${count} · ${page.benchmarks[step.benchmark].title}` : count;
  const id = `q-${step.id}`;
  return [
    paragraph(context, "quiet"),
    element(now.wholePart ? "h2" : "h1", { id, class: "asked", tabindex: "-1" }, wordsOf(step, item)),
    item?.help ? element("details", {}, element("summary", {}, words.explain), paragraph(item.help)) : "",
    ...fieldsOf(step, item, id),
  ].filter(Boolean);
}

function fieldsOf(step, item, id) {
  if (step.barrier) return [paragraph(`“${drafts.responseTo(now.draft, step.barrier)}”`), barrierFields(step.barrier, id)];
  if (item !== null && item.kind !== "text") return answerFields(step, item, id);
  const area = textField(step, item, id);
  const follows = page.steps.find((one) => one.barrier === step.id);
  if (!follows || !now.wholePart) return [area];
  const asked = `q-${follows.id}`;
  const below = element("div", {}, element("p", { id: asked, class: "asked" }, words.stillOrOnce), barrierFields(step.id, asked));
  below.hidden = !drafts.isAnswered(now.draft, step.id);
  area.addEventListener("input", () => (below.hidden = !drafts.isAnswered(now.draft, step.id)));
  return [area, below];
}

// Whether a barrier is still the case.
function barrierFields(barrier, id) {
  const choice = (label, past) => button(label, () => chooseBarrier(barrier, past), {
    id: `${id}-${past ? "once" : "still"}`,
    "aria-pressed": String(drafts.isPast(now.draft, barrier) === past),
  });
  return element("div", { class: "choices", role: "group", "aria-labelledby": id }, choice(words.still, false), choice(words.once, true));
}

function chooseBarrier(barrier, past) {
  if (performance.now() - now.movedAt < REPEATED) return;
  const { place } = now.draft;
  const draft = drafts.putInPast(now.draft, barrier, past);
  become(now.wholePart ? drafts.goTo(draft, place) : draft);
  draw();
  if (now.wholePart) return;
  const asked = now.draft.place;
  setTimeout(() => {
    if (now.view === "question" && here().step.id === asked) move(1);
  }, SEEN);
}

function textField(step, item, id) {
  const text = item === null ? drafts.commentOn(now.draft, step.id) : (drafts.responseTo(now.draft, step.id) ?? "");
  const area = element("textarea", {
    id: `t-${step.id}`,
    maxlength: String(page.longest),
    "aria-labelledby": id,
    placeholder: words.write,
    oninput: () => become(drafts.write(now.draft, step, item !== null, area.value)),
  });
  area.value = text;
  return area;
}

function answerFields(step, item, id) {
  const isAnswered = drafts.isAnswered(now.draft, step.id);
  return [
    item.kind === "number" ? numberField(step, item) : "",
    item.kind === "many" ? paragraph(words.several, "quiet") : "",
    element("div", { class: "choices", role: "group", "aria-labelledby": id }, ...item.choices.map((choice, place) => choiceButton(step, item, choice, place))),
    isAnswered ? button(words.clear, () => clear(step), { id: `x-${step.id}`, class: "plain small" }) : "",
    commentField(step, item),
  ];
}

function choiceButton(step, item, choice, place) {
  const isApart = choice.missing && !item.choices[place - 1]?.missing && place > 0;
  return button(choice.label || choice.key, () => choose(step, item, choice), {
    id: `c-${step.id}-${place}`,
    class: isApart ? "apart" : null,
    "aria-pressed": String(drafts.isChosen(now.draft, item, choice)),
  });
}

function choose(step, item, choice) {
  if (performance.now() - now.movedAt < REPEATED) return;
  become(drafts.choose(now.draft, item, choice));
  draw();
  const settles = item.kind === "choice" || (choice.missing && item.kind !== "many");
  if (!settles || now.wholePart || drafts.wantsComment(now.draft, item)) return;
  setTimeout(() => {
    if (now.view === "question" && here().step.id === step.id) move(1);
  }, SEEN);
}

function clear(step) {
  become(drafts.clear(now.draft, step.id));
  draw();
}

function numberField(step, item) {
  const response = drafts.responseTo(now.draft, step.id);
  const id = `n-${step.id}`;
  const limits = item.limits ? fill(words.numberWithin, { limits: item.limits }) : words.number;
  const wrong = element("p", { id: `${id}-wrong`, class: "wrong", role: "alert" });
  const [label, input] = field(id, limits, typeof response === "number" ? figures(response) : "", {
    inputmode: "decimal",
    "aria-describedby": `${id}-wrong`,
  });
  input.addEventListener("input", () => {
    const allowed = Array.from(input.value).filter((one) => item.characters.includes(one)).join("");
    if (allowed !== input.value) input.value = allowed;
    const [draft, fits] = drafts.type(now.draft, item, input.value);
    become(draft);
    wrong.textContent = fits ? "" : fill(words.numberWrong, { limits: item.limits ? `, ${item.limits}` : "" });
  });
  return element("div", {}, label, input, wrong);
}

function commentField(step, item) {
  const text = drafts.commentOn(now.draft, step.id);
  const isWanted = drafts.wantsComment(now.draft, item);
  const area = element("textarea", {
    id: `t-${step.id}`,
    maxlength: String(page.longest),
    "aria-label": words.commentOn,
    oninput: () => become(drafts.write(now.draft, step, false, area.value)),
  });
  area.value = text;
  return element(
    "details",
    { open: Boolean(text) || isWanted },
    element("summary", {}, isWanted ? words.sayMore : words.comment),
    area,
  );
}

// The review, and handing in

function review() {
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

function confirm() {
  const handIn = async (event) => {
    event.target.disabled = true;
    tell(words.wait, true);
    const receipt = now.receipt || newReceipt();
    const again = now.receipt ? drafts.abouts(page) : [];
    const revision = now.receipt ? Math.min(LAST_REVISION, 1 + Math.floor((Date.now() - page.since) / HOUR)) : 0;
    const content = await sheetFile(page, now.draft, { receipt, revision, code: now.code, again });
    now.handedIn = { receipt, content, row: room ? null : drafts.row(page, now.draft, Boolean(consentOf(now.draft.group))) };
    if (room) return send();
    erase(name());
    keepSheet();
    tell("");
    return show("done", { replaces: true });
  };
  return [
    title(words.confirm),
    paragraph(words.confirmWords),
    mainButton(words.handIn, handIn),
    button(words.notYet, () => show("review"), { class: "plain" }),
  ];
}

function keepSheet() {
  if (now.keeps && !now.isShared) keep(sentName(), now.handedIn);
}

// To the laptop in the room. What cannot be sent is kept, and can be saved as a file.
async function send() {
  tell(words.wait, true);
  let answer;
  try {
    answer = await room.handInTo(now.host, now.handedIn.content);
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

function result() {
  return [
    title(words.inRoom),
    element("p", { class: "receipt", id: "receipt" }, now.handedIn.receipt),
    paragraph(words.receiptWords),
    element("h2", {}, words.result),
    paragraph(words.onlyYou, "quiet"),
    ...room.drawn(now.result, element),
  ];
}

function done() {
  const { receipt, content } = now.handedIn;
  const file = new File([content], page.file, { type: "text/plain" });
  const text = armoured(content);
  const canShare = navigator.canShare?.({ files: [file] }) ?? false;
  const area = element("textarea", { class: "text", readonly: true, id: "text", "aria-label": words.asText });
  area.value = text;
  const copy = async () => {
    area.closest("details").open = true;
    area.select();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      document.execCommand("copy");
    }
    tell(words.copied, true);
  };
  return [
    title(words.done),
    room ? mainButton(words.tryAgain, send) : "",
    paragraph(words.send),
    canShare ? mainButton(words.share, () => navigator.share({ files: [file] }).catch(() => {})) : "",
    element("a", { class: canShare ? "button" : "button main", href: URL.createObjectURL(file), download: page.file }, words.download),
    button(words.copy, copy),
    element("details", {}, element("summary", {}, words.asText), area),
    now.handedIn.row
      ? element("details", {}, element("summary", {}, words.asRow), paragraph(words.rowWords), element("p", { class: "row-of-keys", id: "row" }, now.handedIn.row))
      : "",
    element("h2", {}, words.receipt),
    element("p", { class: "receipt", id: "receipt" }, receipt),
    paragraph(words.receiptWords),
    now.isShared ? "" : paragraph(words.stillKept, "quiet"),
    mainButton(words.sent, () => {
      erase(sentName());
      show("thanks", { replaces: true });
    }),
  ].filter(Boolean);
}

function thanks() {
  return [title(words.thanks), paragraph(words.erased)];
}

const VIEWS = {
  welcome,
  clearAll,
  code: askCode,
  receipt: askReceipt,
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

// What comes from outside the page: keys, the back button, another tab, the address

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
  now.view = event.state?.view ?? "welcome";
  if (event.state?.place) now.draft = drafts.goTo(now.draft, event.state.place);
  now.movedAt = performance.now();
  return draw();
}

function takeOver(event) {
  if (event.key !== name() || now.handedIn || !event.newValue) return;
  now.draft = keptDraft(name()) ?? now.draft;
  tell(words.otherTab, true);
  draw();
}

// What can stand behind the # of the address, which no server is told: the code, the group, the key of the laptop.
function readAddress() {
  for (const part of decodeURIComponent(location.hash.slice(1)).split("/")) {
    if (KEY.test(part)) now.host = part;
    else now.code ||= normalise(part, ADMISSION_LENGTH) ?? "";
    if (page.group === null && page.groups.some((group) => group.id === part)) now.draft.group = part;
  }
}

export function start(inRoom = null) {
  room = inRoom;
  readAddress();
  document.addEventListener("keydown", press);
  window.addEventListener("popstate", goBack);
  window.addEventListener("storage", takeOver);
  for (const wrong of ["error", "unhandledrejection"]) window.addEventListener(wrong, () => tell(words.broken, true));
  now.handedIn = keptSheet(sentName());
  show(now.handedIn ? "done" : "welcome", { replaces: true });
}
