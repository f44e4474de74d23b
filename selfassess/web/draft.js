// What a person does in a sitting: each function takes a draft and gives the next one, as in `sitting/state.py`.
//
// A response is a number (a point's value, or one that was typed), a list of the values chosen of many, a text, or one of
// { missing: "?" } and { missing: "~" }. `page` is the questionnaire as `services/answer_page.py` writes it.

import { clean, figures, isBlank, number } from "./text.js";

const SKIPPED = "-";
const NOT_ASKED = ".";
const BESIDE = "+";
const PAST = "/past"; // follows the id of a question whose barrier is in the past

export function newDraft(group) {
  return { group, place: "", responses: {}, comments: {}, past: [], agrees: null, matching: "", isAgain: false };
}

// The draft of a person who has handed in before: it is handed in with their receipt.
export function again(draft) {
  return { ...draft, isAgain: true };
}

// What a table has under an id: every object has a "constructor", and so may a questionnaire.
const at = (table, id) => (Object.hasOwn(table, id) ? table[id] : undefined);
const isMissing = (response) => response === undefined || (typeof response === "object" && !Array.isArray(response));
const missing = (sign) => ({ missing: sign });

// Which items a person meets

export function asked(page, draft) {
  const seen = {};
  const shown = [];
  for (const item of page.items) {
    if (!offeredTo(item, draft.group)) continue;
    if (item.condition && truth(item.condition, seen) !== true) continue;
    shown.push(item);
    const response = at(draft.responses, item.id);
    // A point that means "doesn't apply" is no answer.
    seen[item.id] = item.notApplicable.includes(response) ? undefined : response;
  }
  return shown;
}

function offeredTo(item, group) {
  return item.isInForm && (group === null || !item.groups.length || item.groups.includes(group));
}

// Whether a condition is true: false, and also null where it rests on a missing answer, mean that it is not.
export function truth(condition, responses) {
  const [sign, ...parts] = condition;
  if (sign === "not") {
    const found = truth(parts[0], responses);
    return found === null ? null : !found;
  }
  if (sign === "and" || sign === "or") {
    const settles = sign === "or";
    const found = parts.map((part) => truth(part, responses));
    return found.includes(settles) ? settles : found.includes(null) ? null : !settles;
  }
  return compared(at(responses, parts[0]), sign, parts[1]);
}

function compared(response, sign, value) {
  if (sign === "has") return Array.isArray(response) ? response.includes(value) : null;
  if (typeof response !== "number") return null;
  switch (sign) {
    case "<": return response < value;
    case "<=": return response <= value;
    case ">": return response > value;
    case ">=": return response >= value;
    case "==": return response === value;
    default: return response !== value;
  }
}

// The items that a person meets; after a barrier that was written, whether it is still the case; and after those of a
// benchmark, the comment that is asked for on it.
export function steps(page, draft) {
  const shown = new Set(asked(page, draft).map((item) => item.id));
  const own = page.steps.filter((step) => step.item !== null && shown.has(step.id));
  const benchmarks = new Set(own.map((step) => step.benchmark));
  return page.steps.filter((step) => {
    if (step.barrier) return shown.has(step.barrier) && isAnswered(draft, step.barrier);
    return step.item === null ? benchmarks.has(step.benchmark) : shown.has(step.id);
  });
}

export function itemOf(page, step) {
  return step.item === null ? null : page.items[step.item];
}

// Whether a step counts as open until it is answered: open questions and comments never do.
export function wantsAnswer(page, step) {
  return step.item !== null && page.items[step.item].kind !== "text";
}

export const isAnswered = (draft, id) => Object.hasOwn(draft.responses, id);
export const responseTo = (draft, id) => at(draft.responses, id);
export const commentOn = (draft, id) => at(draft.comments, id) ?? "";

export function progress(page, draft) {
  const wanted = steps(page, draft).filter((step) => wantsAnswer(page, step));
  return { answered: wanted.filter((step) => isAnswered(draft, step.id)).length, asked: wanted.length };
}

// What a person does

export function goTo(draft, id) {
  return { ...draft, place: id };
}

// One point of a scale, "don't know" or "doesn't apply"; of a choose-many item a point is added or taken away.
export function choose(draft, item, choice) {
  const value = choice.missing ? missing(choice.missing) : choice.value;
  if (item.kind !== "many" || choice.missing) return respond(draft, item.id, value);
  const before = at(draft.responses, item.id);
  const chosen = Array.isArray(before) ? before : [];
  const points = item.choices.filter((one) => !one.missing).map((one) => one.value);
  const after = points.filter((one) => chosen.includes(one) !== (one === value));
  return after.length ? respond(draft, item.id, after) : clear(draft, item.id);
}

// Whether a choice is chosen.
export function isChosen(draft, item, choice) {
  const response = at(draft.responses, item.id);
  if (choice.missing) return response?.missing === choice.missing;
  return Array.isArray(response) ? response.includes(choice.value) : response === choice.value;
}

// What was typed for a number. The draft, and whether it was taken; nothing typed clears the answer.
export function type(draft, item, typed) {
  if (isBlank(typed)) return [isMissing(at(draft.responses, item.id)) ? draft : clear(draft, item.id), true];
  const value = number(typed);
  const fits = value !== null && (item.min === null || value >= item.min) && (item.max === null || value <= item.max);
  return fits && Number.isFinite(value) ? [respond(draft, item.id, value), true] : [clear(draft, item.id), false];
}

// A text answer, or a comment on an item or benchmark; an empty one is none.
export function write(draft, step, isAnswer, text) {
  const kept = clean(text);
  if (isAnswer) return isBlank(text) || !kept ? clear(draft, step.id) : respond(draft, step.id, kept);
  const { [step.id]: _, ...others } = draft.comments;
  return { ...draft, place: step.id, comments: isBlank(kept) ? others : { ...others, [step.id]: kept } };
}

export function clear(draft, id) {
  const { [id]: _, ...others } = draft.responses;
  return { ...draft, place: id, responses: others, past: pastOf(draft).filter((one) => one !== id) };
}

const pastOf = (draft) => draft.past ?? []; // a draft that was kept by an earlier page has none

// Whether the barrier that was written at a question is in the past.
export const isPast = (draft, id) => pastOf(draft).includes(id);

export function putInPast(draft, id, past) {
  const others = pastOf(draft).filter((one) => one !== id);
  return { ...draft, place: `${id}${PAST}`, past: past ? [...others, id] : others };
}

// Everything that a text can be about.
export function abouts(page) {
  const barriers = page.steps.filter((step) => step.barrier).map((step) => step.id);
  return [...page.items.map((item) => item.id), ...barriers, ...Object.keys(page.benchmarks)];
}

function respond(draft, id, response) {
  return { ...draft, place: id, responses: { ...draft.responses, [id]: response } };
}

export function wantsComment(draft, item) {
  if (!item.commentIf || Object.hasOwn(draft.comments, item.id) || item.notApplicable.includes(at(draft.responses, item.id))) return false;
  return truth(item.commentIf, draft.responses) === true;
}

// The labels of the answer given throughout, one for each scale, as in `model/straight_lining.py`; none where answers
// differ on any scale.
export function givenThroughout(page, draft) {
  const chosen = new Map();
  let alike = 0;
  const scaled = asked(page, draft).filter((item) => item.scale !== null);
  for (const item of scaled) {
    const response = at(draft.responses, item.id);
    if (response === undefined) continue;
    if (isMissing(response) || item.notApplicable.includes(response)) return [];
    if (!chosen.has(item.scale)) chosen.set(item.scale, item.choices.find((choice) => choice.value === response));
    if (chosen.get(item.scale).value !== response) return [];
    alike += item.isLong ? 1 : 0;
  }
  const long = scaled.filter((item) => item.isLong).length;
  return alike >= page.alikeFrom && 2 * alike >= long ? [...chosen.values()].map((choice) => choice.label || choice.key) : [];
}

// What is handed in: one character an item, what is no choice beside them, and the texts by what they are about. What
// was answered and then hidden by a condition was not asked; comments on it go with it.
export function handedIn(page, draft) {
  const shown = new Set(asked(page, draft).map((item) => item.id));
  const reached = new Set(steps(page, draft).map((step) => step.id));
  const beside = {};
  const texts = {};
  let answers = "";
  for (const item of page.items) {
    const response = shown.has(item.id) ? at(draft.responses, item.id) : missing(NOT_ASKED);
    answers += character(item, response);
    if (isMissing(response)) continue;
    if (item.kind === "text") texts[isPast(draft, item.id) ? `${item.id}${PAST}` : item.id] = response;
    else if (item.kind !== "choice") beside[item.id] = response;
  }
  const inWords = new Set(page.items.filter((item) => item.kind === "text").map((item) => item.id));
  for (const [about, text] of Object.entries(draft.comments)) {
    if (reached.has(about) && !inWords.has(about)) texts[about] = text;
  }
  return { answers, beside, texts };
}

// The same as a row of keys, which can be typed in like a sheet of paper (`sitting/paper_row.py`): one key a question, and
// what takes more than one between two strokes. null where something was written, which no row can hold.
export function row(page, draft, asksConsent) {
  if (Object.keys(handedIn(page, draft).texts).length || draft.matching) return null;
  const shown = new Set(asked(page, draft).map((item) => item.id));
  const keys = page.onPaper[draft.group ?? ""].map((id) => {
    const item = page.items.find((one) => one.id === id);
    const key = shown.has(item.id) ? written(item, at(draft.responses, item.id)) : NOT_ASKED;
    return key.length === 1 ? key : `/${key}/`;
  });
  return [asksConsent ? (draft.agrees ? "y" : "n") : "", ...keys].join("");
}

function written(item, response) {
  if (response === undefined) return SKIPPED;
  if (item.kind === "number" && !isMissing(response)) return figures(response);
  const chosen = item.choices.filter((choice) => isChosen({ responses: { [item.id]: response } }, item, choice));
  return chosen.map((choice) => choice.written).join(" ");
}

function character(item, response) {
  if (response === undefined) return item.kind === "text" ? BESIDE : SKIPPED;
  if (isMissing(response)) return response.missing;
  if (item.kind !== "choice") return BESIDE;
  return item.choices.find((choice) => choice.value === response).character;
}
