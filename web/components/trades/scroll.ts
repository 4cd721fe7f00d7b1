/**
 * A scroll bar over more rows than a browser lets an element be high. Short ways move row by row, long ones by the share
 * of the whole, and when the bar rests it is set to where the rows are.
 *
 * @module
 */

/** Firefox draws nothing below some 17 million pixels. */
export const SPACE_MAX_PX = 12_000_000;

export interface Extent {
  /** Rows of the list. */
  readonly rows: number;
  readonly rowPx: number;
  /** Of the view, the heading above the rows included. */
  readonly viewPx: number;
  readonly headPx: number;
}

/** How high the scrolled element is. */
export function spaceOf({ rows, rowPx, headPx }: Extent): number {
  return headPx + Math.min(SPACE_MAX_PX, rows * rowPx);
}

/** The row at the top when the list's last row is at the bottom. */
export function lastTopOf({ rows, rowPx, viewPx, headPx }: Extent): number {
  return Math.max(0, rows - (viewPx - headPx) / rowPx);
}

/** Where the bar stands when this row is at the top. */
export function barOf(extent: Extent, top: number): number {
  const last = lastTopOf(extent);
  return last === 0 ? 0 : Math.min(1, top / last) * travelOf(extent);
}

/**
 * The row at the top after the bar was moved.
 *
 * @param before Where the bar and the row were.
 */
export function topOf(
  extent: Extent,
  bar: number,
  before: { readonly bar: number; readonly top: number },
): number {
  const [travel, last] = [travelOf(extent), lastTopOf(extent)];
  if (travel <= 0 || bar <= 0) return 0;
  if (bar >= travel - 1) return last;
  const moved = bar - before.bar;
  const isShort = Math.abs(moved) < 2 * extent.viewPx;
  const top = isShort ? before.top + moved / extent.rowPx : bar / travel * last;
  return Math.max(0, Math.min(last, top));
}

function travelOf(extent: Extent): number {
  return Math.max(0, spaceOf(extent) - extent.viewPx);
}
