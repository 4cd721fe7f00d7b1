/**
 * JSON text with a line for each member, as far as it is JSON: digits, escapes and whatever is broken stay as they
 * were sent, since that may be what was wrong. Pure.
 *
 * @module
 */

const DEPTH_MAX = 40;
const MARKS = "{}[]:,";

export function toPretty(json: string): string {
  let [out, depth, last, isApart] = ["", 0, "", false];
  for (let at = 0; at < json.length; at++) {
    const char = json[at]!;
    if (/\s/.test(char)) {
      isApart = true;
      continue;
    }
    const isClosing = char === "}" || char === "]";
    const opened = last === "{" || last === "[";
    if (isClosing) depth = Math.max(0, depth - 1);
    if (isClosing !== opened || last === ",") out += lineAt(depth);
    // Between words there is a space only in what is no JSON.
    else if (isApart && !MARKS.includes(last) && !MARKS.includes(char)) out += " ";
    if (char === "{" || char === "[") depth++;
    if (char === '"') {
      const end = endOfText(json, at);
      out += json.slice(at, end);
      at = end - 1;
    } else out += char === ":" ? ": " : char;
    [last, isApart] = [char, false];
  }
  return out;
}

/** Deeper than anyone reads, nothing moves further to the right. */
function lineAt(depth: number): string {
  return `\n${"  ".repeat(Math.min(depth, DEPTH_MAX))}`;
}

/** Behind the closing quote, or the end of the text when there is none. */
function endOfText(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === "\\") at++;
    else if (json[at] === '"') return at + 1;
  }
  return json.length;
}
