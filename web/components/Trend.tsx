/**
 * A line without axes: how a figure has moved. It says nothing that is not in a chart, so it is hidden from readers.
 *
 * @module
 */

const WIDTH = 80;
const HEIGHT = 24;

export function Trend({ values }: { values: readonly number[] }) {
  const most = Math.max(...values, 0);
  const least = Math.min(...values);
  const range = most - least;
  if (values.length < 2 || range === 0) return <svg class="trend" aria-hidden="true" />;
  const points = values.map((value, index) => {
    const x = index / (values.length - 1) * WIDTH;
    const y = 1 + (1 - (value - least) / range) * (HEIGHT - 2);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg class="trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points.join(" ")} />
    </svg>
  );
}
