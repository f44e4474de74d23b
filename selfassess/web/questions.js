// The questions: one at a time, or all of a part. Those that are answered in words stand together where they follow each
// other: none of them has to be answered, so that one press leads past all.

import * as drafts from "./draft.js";
import { button, element, field, paragraph, title } from "./elements.js";
import { become, draw, now, page, show, words } from "./sitting.js";
import { figures, fill } from "./text.js";

const SEEN = 250; // milliseconds for which an answer is shown before the page goes on
const REPEATED = 400; // within which a second press on the next question is taken for the first

export function here() {
  const open = drafts.steps(page, now.draft);
  const at = Math.max(0, open.findIndex((step) => step.id === now.draft.place));
  return { open, at, step: open[at] };
}

// The places of the first and the last step that are shown with the one at a place.
function span(open, at) {
  const { strand, benchmark } = open[at];
  const inWords = !drafts.wantsAnswer(page, open[at]);
  const isWith = (one) =>
    one?.strand === strand && (now.wholePart || (inWords && !drafts.wantsAnswer(page, one) && one.benchmark === benchmark));
  let [first, last] = [at, at];
  while (isWith(open[first - 1])) first -= 1;
  while (isWith(open[last + 1])) last += 1;
  return [first, last];
}

export function move(by) {
  const { open, at } = here();
  const [first, last] = span(open, at);
  const next = by < 0 ? first - 1 : last + 1;
  if (next < 0) return show(page.groups.length > 0 && page.group === null ? "group" : "welcome");
  if (next >= open.length) return show("review");
  become(drafts.goTo(now.draft, open[span(open, next)[0]].id));
  return show("question");
}

export function question() {
  const { open, at, step } = here();
  const strands = [...new Set(open.map((one) => one.strand))];
  const part = { part: strands.indexOf(step.strand) + 1, parts: strands.length, title: page.strands[step.strand].title };
  const { answered, asked } = drafts.progress(page, now.draft);
  const about = page.strands[step.strand].about;
  const [first, last] = span(open, at);
  const isFirst = first === 0 || open[first - 1].strand !== step.strand;
  const shown = open.slice(first, last + 1).filter((one) => !one.barrier); // which stands below what is written
  const waits = !now.wholePart && drafts.wantsAnswer(page, step) && !drafts.isAnswered(now.draft, step.id);
  return [
    element("p", { class: "quiet" }, fill(words.part, part)),
    element("progress", { max: String(asked), value: String(answered), "aria-label": fill(words.progress, { answered, asked }) }),
    now.wholePart ? title(part.title) : "",
    isFirst && about ? paragraph(about, "quiet") : "",
    ...shown.flatMap((one, place) => card(one, open, now.wholePart || place > 0 ? "h2" : "h1")),
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

export function wordsOf(step, item) {
  if (step.barrier) return words.stillOrOnce;
  return item === null ? page.benchmarks[step.benchmark].comment : (item.wording[now.draft.group] ?? item.text);
}

// One question with everything that can be done about it.
function card(step, open, heading) {
  const item = drafts.itemOf(page, step);
  const wanted = open.filter((one) => drafts.wantsAnswer(page, one));
  const number = wanted.indexOf(step) + 1;
  const count = number ? fill(words.question, { number, asked: wanted.length }) : words.ownWords;
  const context = step.benchmark ? `${count} · ${page.benchmarks[step.benchmark].title}` : count;
  const id = `q-${step.id}`;
  return [
    paragraph(context, "quiet"),
    element(heading, { id, class: "asked", tabindex: "-1" }, wordsOf(step, item)),
    item?.help ? element("details", {}, element("summary", {}, words.explain), paragraph(item.help)) : "",
    ...fieldsOf(step, item, id),
  ].filter(Boolean);
}

function fieldsOf(step, item, id) {
  if (item !== null && item.kind !== "text") return answerFields(step, item, id);
  const area = textField(step, item, id);
  const follows = page.steps.find((one) => one.barrier === step.id);
  if (!follows) return [area];
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
  become(drafts.putInPast(now.draft, barrier, past));
  draw();
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

export function choose(step, item, choice) {
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
