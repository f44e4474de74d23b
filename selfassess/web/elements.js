// The elements that views are made of.

const SVG = "http://www.w3.org/2000/svg";

export function element(tag, attributes = {}, ...children) {
  const made = tag.startsWith("svg:") ? document.createElementNS(SVG, tag.slice(4)) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== ""));
  return made;
}

export const paragraph = (text, kind = "lines") => element("p", { class: kind }, text);
export const title = (text) => element("h1", { tabindex: "-1" }, text);
export const button = (text, onclick, attributes = {}) => element("button", { type: "button", onclick, ...attributes }, text);
export const mainButton = (text, onclick, attributes = {}) => button(text, onclick, { class: "main", ...attributes });

export function field(id, label, value, attributes = {}) {
  const input = element("input", { type: "text", id, autocomplete: "off", autocapitalize: "off", spellcheck: "false", ...attributes });
  input.value = value;
  return [element("label", { for: id }, label), input];
}
