/**
 * The stylesheet's colours as a canvas needs them: worked out for the theme that the page is in.
 *
 * @module
 */

const known = new Map<string, string>();
let scheme = "";

/** @returns What `--name` is now, such as `rgb(47, 111, 174)`. */
export function readTokens(element: HTMLElement): (name: string) => string {
  const style = getComputedStyle(element);
  // `light-dark()` stays as it is written in a custom property; a real one resolves it.
  const now = style.colorScheme + matchMedia("(prefers-color-scheme: dark)").matches;
  if (now !== scheme) known.clear();
  scheme = now;
  return (name) => {
    let colour = known.get(name);
    if (colour === undefined) {
      const before = element.style.color;
      element.style.color = `var(--${name})`;
      colour = style.color;
      element.style.color = before;
      known.set(name, colour);
    }
    return colour;
  };
}
