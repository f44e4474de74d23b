// Answers cases with the modules of the page: a line of JSON for each, in and out.

import { createInterface } from "node:readline";
import { normalise } from "../../selfassess/web/codes.js";
import * as drafts from "../../selfassess/web/draft.js";
import { sheetFile } from "../../selfassess/web/sheet_file.js";

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answered(JSON.parse(line))));
}

async function answered({ page, draft, acts, receipt, revision, code, again }) {
  let now = { ...drafts.newDraft(draft.group), ...draft };
  for (const [what, id, said] of acts) {
    const step = drafts.steps(page, now).find((one) => one.id === id);
    if (!step) throw new Error(`there is no step ${id}`);
    now = done(page, now, step, what, said);
  }
  const content = await sheetFile(page, now, { receipt: normalise(receipt, 20), revision, code, again });
  return {
    content,
    row: drafts.row(page, now, now.agrees !== null),
    throughout: drafts.givenThroughout(page, now),
  };
}

function done(page, draft, step, what, said) {
  const item = drafts.itemOf(page, step);
  switch (what) {
    case "comment": return drafts.write(draft, step, false, said);
    case "past": return drafts.putInPast(draft, step.barrier, said === 1);
    case "clear": return drafts.clear(draft, step.id);
    case "choose": return drafts.choose(draft, item, item.choices[said]);
    case "type": return drafts.type(draft, item, said)[0];
    default: return drafts.write(draft, step, true, said);
  }
}
