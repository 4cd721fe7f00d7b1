/**
 * Who works here, until users sign in: a name that the browser remembers as a cookie, so that the server can already
 * write "my breaks" into the first page, and that goes with every action.
 *
 * @module
 */

const COOKIE = "breakwater_user";
const YEAR_SECONDS = 31_536_000;
export const NAME_LENGTH_MAX = 100;
/** The program itself, and words of filters. */
const RESERVED = ["system", "me", "none"];

/** Of a request's or the document's cookies; null: nobody has said. */
export function readUser(cookies: string): string | null {
  const [, value] = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(cookies) ?? [];
  if (value === undefined) return null;
  try {
    const name = decodeURIComponent(value);
    return problemOf(name) === null ? name : null;
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** Remembers who it is; null forgets. */
export function rememberUser(name: string | null): void {
  const age = name === null ? 0 : YEAR_SECONDS;
  document.cookie = `${COOKIE}=${encodeURIComponent(name ?? "")}; path=/; max-age=${age}; samesite=lax`;
}

/** What is wrong with a name, or null. A header of HTTP carries Latin-1 and nothing else. */
export function problemOf(name: string): string | null {
  if (name.trim() !== name || name === "") return "A name is needed.";
  if (name.length > NAME_LENGTH_MAX) return `A name has ${NAME_LENGTH_MAX} letters at most.`;
  if (RESERVED.includes(name.toLowerCase())) return `Nobody can be called ${name} here.`;
  return /^[\x20-\x7e\xa0-\xff]+$/.test(name) ? null : "Letters of western European languages only, for now.";
}

/** As the database has it: a name is one person however it is capitalised. */
export function isSamePerson(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.toLowerCase() === b.toLowerCase();
}
