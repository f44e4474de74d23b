// What the browser keeps of a sitting until it is handed in. Some browsers keep nothing, and then nothing fails.

// Whether anything can be kept here.
export function canKeep() {
  try {
    localStorage.setItem("selfassess", "");
    localStorage.removeItem("selfassess");
    return true;
  } catch {
    return false;
  }
}

// The draft under a name; null where there is none, or what is there is no draft.
export function keptDraft(name) {
  const draft = kept(name);
  return draft && typeof draft.responses === "object" && typeof draft.comments === "object" ? draft : null;
}

// What was handed in under a name and perhaps not sent: the sheet file's content, and the receipt.
export function keptSheet(name) {
  const sheet = kept(name);
  return sheet && typeof sheet.content === "string" && typeof sheet.receipt === "string" ? sheet : null;
}

function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

// Whether it is kept now.
export function keep(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function erase(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}
