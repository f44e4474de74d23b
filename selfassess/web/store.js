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
export function kept(name) {
  try {
    const draft = JSON.parse(localStorage.getItem(name));
    return draft && typeof draft.responses === "object" && typeof draft.comments === "object" ? draft : null;
  } catch {
    return null;
  }
}

// Whether it is kept now.
export function keep(name, draft) {
  try {
    localStorage.setItem(name, JSON.stringify(draft));
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
