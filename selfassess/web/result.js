// A person's own result, from the blocks that `documents/page_blocks.py` gives.

export function drawn(blocks, element) {
  return blocks.map((block) => DRAW[block.kind](block, element));
}

const DRAW = {
  heading: ({ text, note }, element) => element("h2", {}, text, note ? element("span", { class: "quiet" }, ` (${note})`) : ""),
  paragraph: ({ text, lead, tone }, element) =>
    element("p", { class: tone === "quiet" ? "quiet" : "lines" }, lead ? element("strong", {}, `${lead}: `) : "", text),
  list: ({ entries }, element) => element("ul", {}, ...entries.map((text) => element("li", {}, text))),
  scores: ({ rows }, element) => element("div", { class: "scores" }, ...rows.map((row) => score(row, element))),
};

// A score with its bar, its band in words and a mark for the target.
function score({ title, words, about, share, target, tone, isStrand }, element) {
  const bar = element("svg:svg", { class: "bar", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" });
  bar.append(element("svg:rect", { class: "rail", x: "0", y: "1", width: "100", height: "6" }));
  if (share !== null) bar.append(element("svg:rect", { class: `tone-${tone ?? 2}`, x: "0", y: "1", width: String(100 * share), height: "6" }));
  if (target !== null) bar.append(element("svg:rect", { class: "target", x: String(100 * target - 0.4), y: "0", width: "0.8", height: "8" }));
  return element(
    "div",
    { class: isStrand ? "score strand" : "score" },
    element("span", {}, title),
    element("span", { class: "words" }, about ? `${words}, ${about}` : words),
    bar,
  );
}
