// JSON as `project/sealed_files.py` writes it: for people, and for the checksum.
//
// A number with a fraction part is not the same as a whole one there: 12 and 12.0 are different characters, and have
// different sums. JavaScript knows one kind of number, so those that stand for measures are wrapped in `Measure`.

export class Measure {
  constructor(value) {
    this.value = value;
  }
}

// As people read it, indented by two blanks.
export function forPeople(value, indent = "") {
  const inner = indent + "  ";
  if (Array.isArray(value)) {
    if (!value.length) return "[]";
    return `[\n${value.map((one) => inner + forPeople(one, inner)).join(",\n")}\n${indent}]`;
  }
  if (isTable(value)) {
    const keys = Object.keys(value);
    if (!keys.length) return "{}";
    const lines = keys.map((key) => `${inner}${quoted(key)}: ${forPeople(value[key], inner)}`);
    return `{\n${lines.join(",\n")}\n${indent}}`;
  }
  return plain(value, quoted);
}

// What the checksum is made of: keys sorted at every level, no blanks, nothing but ASCII.
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (isTable(value)) {
    return `{${Object.keys(value).sort().map((key) => `${ascii(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  return plain(value, ascii);
}

function isTable(value) {
  return value !== null && typeof value === "object" && !(value instanceof Measure);
}

function plain(value, text) {
  if (value instanceof Measure) return measure(value.value);
  return typeof value === "string" ? text(value) : JSON.stringify(value);
}

function quoted(text) {
  return JSON.stringify(text);
}

function ascii(text) {
  return quoted(text).replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

// A number as Python writes it: "12.0", "0.5", "1e+16", "1e-05".
export function measure(value) {
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [digits, power] = value.toExponential().split("e");
    return `${digits}e${power[0]}${power.slice(1).padStart(2, "0")}`;
  }
  const written = String(value);
  return written.includes(".") ? written : `${written}.0`;
}
