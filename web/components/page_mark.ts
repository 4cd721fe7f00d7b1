/**
 * The number of open breaks in the title and the icon of the page, to be seen among other tabs.
 *
 * @module
 */

const COUNT_MAX = 99;

/** @returns How to say how many are open. */
export function markPage(icon: string): (open: number) => void {
  const title = document.title.replace(/^\(\d+\) /, "");
  const link = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  let shown = 0;
  return (open) => {
    if (open === shown) return;
    shown = open;
    document.title = open > 0 ? `(${open}) ${title}` : title;
    if (link) link.href = open > 0 ? toIcon(open) : icon;
  };
}

/** The waves of the page's icon with the count on red over them. */
function toIcon(open: number): string {
  const text = open > COUNT_MAX ? `${COUNT_MAX}+` : String(open);
  const wide = text.length > 2;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="7" fill="#0b5fa5"/>
<path d="M5 9c3.700 0 3.700 3 7.300 3s3.700-3 7.400-3 3.600 3 7.300 3" fill="none" stroke="#fff" stroke-width="2.600"/>
<rect x="${wide ? 1 : 8}" y="12" width="${wide ? 31 : 24}" height="20" rx="10" fill="#c3271d"/>
<text x="${
    wide ? 16.500 : 20
  }" y="28" font-family="sans-serif" font-size="16" font-weight="700" text-anchor="middle"
 fill="#fff">${text}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
