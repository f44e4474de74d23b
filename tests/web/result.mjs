// Draws blocks of a result with the module of the page, and gives back the words of each element: JSON in and out.

import { drawn } from "../../selfassess/web/result.js";

let given = "";
for await (const part of process.stdin) given += part;
console.log(JSON.stringify(drawn(JSON.parse(given), element)));

// An element as the page's `elements.js` makes it, as far as its words go.
function element(tag, attributes, ...children) {
  const made = { tag, children: children.flat().filter((child) => child !== null && child !== ""), append: (...more) => made.children.push(...more) };
  return made;
}
