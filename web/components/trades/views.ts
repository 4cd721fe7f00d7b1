/**
 * Lists that a person keeps under a name, in this browser: filter, order and columns as one address.
 *
 * @module
 */

export interface View {
  readonly name: string;
  /** What stands behind `?`. */
  readonly query: string;
}

const STORED = "breakwater-trade-views";
export const VIEWS_MAX = 50;
export const NAME_LENGTH_MAX = 60;

/** What was stored by hand or by an older page is left out. */
export function readViews(text: string | null): View[] {
  try {
    const stored: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(stored) ? stored.filter(isView).slice(0, VIEWS_MAX) : [];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [];
  }
}

/** By name; one of the same name is replaced. */
export function withView(views: readonly View[], view: View): View[] {
  const others = views.filter(({ name }) => name !== view.name);
  return [...others, view].sort((a, b) => a.name.localeCompare(b.name)).slice(0, VIEWS_MAX);
}

export function loadViews(): View[] {
  return readViews(localStorage.getItem(STORED));
}

export function storeViews(views: readonly View[]): void {
  localStorage.setItem(STORED, JSON.stringify(views));
}

function isView(value: unknown): value is View {
  const { name, query } = (value ?? {}) as Partial<View>;
  return typeof name === "string" && name !== "" && typeof query === "string";
}
