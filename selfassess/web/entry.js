// From the welcome to the first question, and what a person can do who has handed in before.

import { ADMISSION_LENGTH, matchingKey, normalise, RECEIPT_LENGTH } from "./codes.js";
import { again, newDraft } from "./draft.js";
import { button, element, field, mainButton, paragraph, title } from "./elements.js";
import { become, consentOf, name, now, page, sentName, show, tell, words } from "./sitting.js";
import { erase, keptDraft, keptSheet } from "./store.js";

function nextQuestionBefore() {
  if (page.needsCode && !now.code) return "code";
  if (now.draft.isAgain && !now.receipt) return "receipt";
  if (page.groups.length && now.draft.group === null) return "group";
  if (consentOf(now.draft.group) && now.draft.agrees === null) return "consent";
  if (page.matching && !now.draft.matching && !now.wasOfferedCode) return "matching";
  return "question";
}

const goOn = () => show(nextQuestionBefore());

export function welcome() {
  const before = now.keeps ? keptDraft(name()) : null;
  const carryOn = () => {
    now.draft = before;
    now.wasOfferedCode = true;
    goOn();
  };
  const share = (event) => {
    now.isShared = event.target.checked;
  };
  const shared = element("input", { type: "checkbox", id: "shared", checked: now.isShared, onchange: share });
  if (now.room && !now.host) return [title(page.title), paragraph(words.noKey)];
  return [
    title(page.title),
    page.partnership ? paragraph(page.partnership, "quiet") : "",
    ...(before
      ? [mainButton(words.carryOn, carryOn), button(words.startAgain, () => show("clearAll"), { class: "plain" })]
      : [mainButton(words.start, goOn), button(words.again, () => show("receipt"), { class: "plain" })]),
    paragraph(now.keeps ? words.keeps : words.keepsNothing, "quiet"),
    now.keeps && !before
      ? element("label", { class: "check" }, shared, words.shared)
      : "",
    ...words.welcome.flatMap(([heading, text]) => [element("h2", { class: "minor" }, heading), paragraph(text)]),
  ].filter(Boolean);
}

export function clearAll() {
  const clearThem = () => {
    erase(name());
    now.draft = newDraft(page.group);
    show("welcome", { replaces: true });
  };
  return [
    title(words.clearAll),
    paragraph(words.clearAllWords),
    button(words.clearThem, clearThem),
    mainButton(words.keepThem, () => history.back()),
  ];
}

export function askCode() {
  const isCorrected = Boolean(now.code);
  const take = (typed) => {
    const code = normalise(typed, ADMISSION_LENGTH);
    if (code === null) return false;
    if (isCorrected) [name(), sentName()].forEach(erase); // what stands there is kept under the right code
    now.code = code;
    if (isCorrected) become(now.draft);
    else if (now.keeps) takeUp();
    return true;
  };
  const next = () => {
    if (now.handedIn) return show("done", { replaces: true });
    return isCorrected && nextQuestionBefore() === "question" ? show("review") : goOn();
  };
  return asksLine("code", words.code, words.codeHelp, words.codeWrong, take, next);
}

// What was kept for the person with this code: a sheet that was not sent yet, or else a draft.
function takeUp() {
  now.handedIn = keptSheet(sentName());
  now.draft = keptDraft(name()) ?? now.draft;
}

export function askReceipt() {
  const take = (typed) => {
    now.receipt = normalise(typed, RECEIPT_LENGTH) ?? "";
    return now.receipt;
  };
  return asksLine("receipt", words.receipt, words.receiptHelp, words.receiptWrong, take, () => show("returned"));
}

// One line to type, which `take` accepts or refuses.
function asksLine(id, heading, help, refusal, take, next) {
  const accept = (event) => {
    event?.preventDefault();
    if (take(document.getElementById(id).value)) return next();
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

export function askGroup() {
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

export function askConsent() {
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

export function askMatching() {
  const withCode = async (event) => {
    event.preventDefault();
    const input = document.getElementById("matching");
    tell(words.wait, true);
    const key = await matchingKey(input.value, page.salt);
    tell("");
    document.getElementById("matching-wrong").textContent = key === null ? words.matchingWrong : "";
    if (key === null) return input.focus();
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
    element(
      "form",
      { onsubmit: withCode },
      ...field("matching", words.matchingField, "", { "aria-describedby": "matching-wrong" }),
      element("p", { id: "matching-wrong", class: "wrong", role: "alert" }),
      mainButton(words.next, withCode),
    ),
    button(words.without, without, { class: "plain" }),
  ];
}

// With a receipt

export function returned() {
  return [
    title(words.returned),
    now.room ? button(words.seeResult, () => askLaptop("result", "result")) : "",
    button(words.answerAgain, () => {
      now.draft = again(now.draft); // kept with the first answer, when their code is known
      goOn();
    }),
    button(words.takeBack, () => show("takeBack")),
  ].filter(Boolean);
}

export function takeBack() {
  const no = () => history.back();
  if (!now.room) {
    return [
      title(words.takeBackElsewhere),
      paragraph(words.takeBackElsewhereWords),
      element("p", { class: "receipt" }, now.receipt),
      button(words.back, no, { class: "plain" }),
    ];
  }
  return [
    title(words.takeBackQuestion),
    paragraph(words.takeBackWords),
    button(words.takeBackYes, () => askLaptop("deletion", "takenBack")),
    mainButton(words.takeBackNo, no),
  ];
}

export function takenBack() {
  return [title(words.takenBack), paragraph(words.takenBackWords)];
}

// What the laptop in the room has under a receipt is asked for, and then shown.
async function askLaptop(wants, view) {
  tell(words.wait, true);
  let answer;
  try {
    answer = await now.room.send(now.host, "/receipt", JSON.stringify({ wants, receipt: now.receipt }));
  } catch {
    return tell(words.silent, true);
  }
  tell(answer.refused ?? "", Boolean(answer.refused));
  if (answer.refused) return null;
  now.result = answer.result;
  return show(view, { replaces: true });
}
