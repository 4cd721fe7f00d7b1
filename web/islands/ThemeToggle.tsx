/**
 * Switches between light and dark. The choice is a cookie, so that the server writes the next page in it and
 * nothing flashes; without one the system decides.
 *
 * @module
 */

const YEAR_SECONDS = 31_536_000;

export default function ThemeToggle() {
  const toggle = () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    const theme = isDark ? "light" : "dark";
    root.dataset.theme = theme;
    document.cookie = `theme=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    document.dispatchEvent(new Event("breakwater-theme"));
  };
  return (
    <button type="button" class="toggle" onClick={toggle} aria-label="Switch between light and dark">
      <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
        <circle cx="12" cy="12" r="8.5" fill="none" stroke="currentColor" stroke-width="2" />
        <path d="M12 3.5a8.5 8.5 0 0 1 0 17z" fill="currentColor" />
      </svg>
    </button>
  );
}
