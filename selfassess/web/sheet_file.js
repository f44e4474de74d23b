// The file that goes back to whoever invited the person: the very one that the program would write.

import { canonical, forPeople, Measure } from "./canonical.js";
import { admissionKey, checksum, proof, refusalKey, sheetKey, signature, textKey } from "./codes.js";
import { handedIn } from "./draft.js";

const FORMAT = 2;

// The file's content. `again` are the ids of what an earlier text may be about, where a person answers again: those
// without a text now are taken back.
export async function sheetFile(page, draft, { receipt, revision, code, again = [] }) {
  const { answers, beside, texts } = handedIn(page, draft);
  const written = { ...Object.fromEntries(again.map((about) => [about, ""])), ...texts };
  const table = {
    selfassess: "sheet",
    format: FORMAT,
    round: page.round,
    questionnaire: page.questionnaire,
    form: page.form,
    group: draft.group,
    answers,
    beside: inOrder(beside, measures),
    texts: Object.fromEntries(
      sorted(again, texts, written).map((about) => [textKey(receipt, about), { about, text: written[about] }]),
    ),
    agrees: draft.agrees,
    matching: draft.matching,
    key: sheetKey(receipt),
    refusal: refusalKey(receipt),
    revision,
    proof: proof(receipt, revision),
  };
  const digest = checksum(canonical(table));
  table.admission = code ? signature(await admissionKey(code, page.salt), digest) : "";
  table.sum = checksum(canonical(table));
  return `${forPeople(table)}\n`;
}

// First what is taken back, then what is new, each in the order of the ids: so Python's dictionary has them.
function sorted(again, texts, written) {
  const first = [...again].sort();
  return [...first, ...Object.keys(written).filter((about) => !first.includes(about)).sort()];
}

function inOrder(table, change) {
  return Object.fromEntries(Object.keys(table).sort().map((key) => [key, change(table[key])]));
}

function measures(value) {
  return Array.isArray(value) ? value.map((one) => new Measure(one)) : new Measure(value);
}
