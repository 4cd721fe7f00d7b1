/**
 * Draws what has changed, a little in each frame: twenty charts at once would hold up the page.
 *
 * @module
 */

const ROUND_MS = 500;
const FRAME_BUDGET_MS = 8;

const waiting = new Set<() => void>();
let scheduled = false;
let roundStartedMs = -ROUND_MS;

/** Asks for a drawing. However often it is asked for, it is done at most twice a second. */
export function drawSoon(draw: () => void): void {
  waiting.add(draw);
  if (scheduled) return;
  scheduled = true;
  setTimeout(
    () => requestAnimationFrame(drawSome),
    Math.max(0, roundStartedMs + ROUND_MS - performance.now()),
  );
}

function drawSome(): void {
  const startedMs = performance.now();
  roundStartedMs = startedMs;
  for (const draw of waiting) {
    waiting.delete(draw);
    try {
      draw();
    } catch (error) {
      // One that cannot be drawn does not keep the others from it.
      reportError(error);
    }
    if (performance.now() - startedMs > FRAME_BUDGET_MS) break;
  }
  scheduled = waiting.size > 0;
  if (scheduled) requestAnimationFrame(drawSome);
}
