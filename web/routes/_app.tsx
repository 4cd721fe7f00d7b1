/**
 * The document around every page. The stylesheets named here are for all of them; a page names those of its own in a
 * `<Head>`.
 *
 * @module
 */

import { asset } from "fresh/runtime";
import { define } from "../define.ts";
import { readZone, zone } from "../../shared/kpi/mod.ts";
import ThemeToggle from "../islands/ThemeToggle.tsx";
import Watch from "../islands/Watch.tsx";

const STYLES = ["/tokens.css", "/layout.css", "/tables.css"];
const PAGES = [
  ["/", "Board"],
  ["/trades", "Trades"],
  ["/breaks", "Breaks"],
  ["/exposure", "Exposure"],
  ["/dead-letters", "Dead letters"],
  ["/fix", "FIX"],
  ["/system", "System"],
] as const;

export default define.page(({ Component, req, url }) => {
  // Read by all that writes a time below; nothing waits between here and the end of the document.
  zone.value = readZone(readCookie(req, "zone")) ?? "UTC";
  return (
    <html lang="en" data-theme={readTheme(req)} data-zone={zone.value}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content="Real-time post-trade monitor: trades, reconciliation, breaks" />
        <title>Breakwater</title>
        <link rel="icon" type="image/svg+xml" href={asset("/icon.svg")} />
        {STYLES.map((file) => <link key={file} rel="stylesheet" href={asset(file)} />)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header class="top">
          <a class="brand" href="/">
            <img src={asset("/icon.svg")} width="24" height="24" alt="" /> Breakwater
          </a>
          <nav aria-label="Pages">
            {PAGES.map(([path, name]) => (
              <a key={path} href={path} aria-current={isUnder(url.pathname, path) ? "page" : undefined}>
                {name}
              </a>
            ))}
          </nav>
          <Watch icon={asset("/icon.svg")} />
          <ThemeToggle />
        </header>
        <main id="main">
          <Component />
        </main>
      </body>
    </html>
  );
});

function isUnder(pathname: string, path: string): boolean {
  return path === "/" ? pathname === "/" : pathname === path || pathname.startsWith(`${path}/`);
}

function readTheme(request: Request): string | undefined {
  const theme = readCookie(request, "theme");
  return theme === "light" || theme === "dark" ? theme : undefined;
}

function readCookie(request: Request, name: string): string | undefined {
  const pairs = (request.headers.get("cookie") ?? "").split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
