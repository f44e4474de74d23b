// A sheet file as text that survives mail programs, which wrap lines, quote them and bend quotation marks: base64 between
// two lines that say what it is. `project/armour.py` reads it again.

export const BEGIN = "----- BEGIN SELFASSESS SHEET -----";
export const END = "----- END SELFASSESS SHEET -----";
const WIDTH = 64;

export function armoured(content) {
  const bytes = new TextEncoder().encode(content);
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return [BEGIN, ...text.match(new RegExp(`.{1,${WIDTH}}`, "g")), END, ""].join("\n");
}
