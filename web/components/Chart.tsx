/**
 * One chart on a canvas. It is made once and then changed in place, at most twice a second, only while it can be
 * seen, and without animation: what an analyst reads does not move. The only file that knows Chart.js.
 *
 * @module
 */

import { effect, type ReadonlySignal } from "@preact/signals";
import {
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  Chart as Drawing,
  type ChartConfiguration,
  type ChartDataset,
  DoughnutController,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import { useEffect, useRef } from "preact/hooks";
import { type ChartData, formatCount, formatRate, formatShort, type Tone } from "../../shared/kpi/mod.ts";
import { drawSoon } from "./draw_queue.ts";
import { readTokens } from "./tokens.ts";

Drawing.register(BarController, DoughnutController, LineController);
Drawing.register(ArcElement, BarElement, LineElement, PointElement, CategoryScale, LinearScale);
Drawing.register(Filler, Legend, Tooltip);

/** `bars` stand side by side over time, `rows` lie below each other, one for each name. */
export type ChartKind = "bars" | "line" | "rows" | "doughnut";
export type Unit = "count" | "usd" | "rate";

export const FORMATS: Record<Unit, (value: number) => string> = {
  count: formatCount,
  usd: formatShort,
  rate: formatRate,
};

interface Props {
  readonly kind: ChartKind;
  readonly unit: Unit;
  readonly label: string;
  readonly data: ReadonlySignal<ChartData>;
}

export function Chart({ kind, unit, label, data }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const element = canvas.current!;
    const drawing = new Drawing(element, toConfig(kind, unit));
    let seen = true;
    let isDrawn = false;
    const draw = () => {
      if (isDrawn && (!seen || document.hidden)) return;
      isDrawn = true;
      apply(drawing, kind, data.peek());
    };
    const sight = new IntersectionObserver(([entry]) => {
      seen = entry?.isIntersecting ?? true;
      drawSoon(draw);
    }, { rootMargin: "200px" });
    sight.observe(element);
    const stop = effect(() => {
      void data.value;
      drawSoon(draw);
    });
    const redraw = () => drawSoon(draw);
    document.addEventListener("visibilitychange", redraw);
    document.addEventListener("breakwater-theme", redraw);
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", redraw);
    return () => {
      stop();
      sight.disconnect();
      document.removeEventListener("visibilitychange", redraw);
      document.removeEventListener("breakwater-theme", redraw);
      scheme.removeEventListener("change", redraw);
      drawing.destroy();
    };
  }, []);

  return <canvas ref={canvas} role="img" aria-label={`${label}: chart; its table holds the numbers`} />;
}

type AnyDrawing = Drawing<"bar" | "line" | "doughnut", number[], string>;

function apply(drawing: AnyDrawing, kind: ChartKind, { labels, series, tones }: ChartData): void {
  const token = readTokens(drawing.canvas);
  const colour = (tone: Tone) => token(`tone-${tone}`);
  drawing.data.labels = [...labels];
  const known = new Map(drawing.data.datasets.map((dataset) => [dataset.label, dataset]));
  drawing.data.datasets = series.map(({ name, tone, values }) => {
    const own = tones ? tones.map(colour) : colour(tone);
    const dataset = (known.get(name) ?? { label: name, data: [] }) as ChartDataset<"bar", number[]>;
    return Object.assign(dataset, {
      data: [...values],
      backgroundColor: kind === "line" ? `color-mix(in srgb, ${colour(tone)} 18%, transparent)` : own,
      borderColor: kind === "line" ? own : token("surface"),
    });
  });
  const text = token("muted");
  const grid = token("grid");
  for (const scale of Object.values(drawing.options.scales ?? {})) {
    if (!scale) continue;
    Object.assign(scale.ticks!, { color: text });
    Object.assign(scale.grid!, { color: grid });
  }
  Object.assign(drawing.options.plugins!.legend!.labels!, { color: text });
  drawing.update("none");
}

function toConfig(
  kind: ChartKind,
  unit: Unit,
): ChartConfiguration<"bar" | "line" | "doughnut", number[], string> {
  const font = { family: getComputedStyle(document.body).fontFamily, size: 11 };
  const format = FORMATS[unit];
  const isRound = kind === "doughnut";
  const value = {
    stacked: kind === "bars" || kind === "rows",
    beginAtZero: true,
    border: { display: false },
    grid: {},
    ticks: {
      font,
      maxTicksLimit: 5,
      precision: unit === "count" ? 0 : undefined,
      callback: (tick: number | string) => withoutZeros(format(Math.abs(Number(tick)))),
    },
  };
  const name = {
    stacked: kind === "bars" || kind === "rows",
    border: { display: false },
    grid: { display: false },
    ticks: { font, autoSkip: kind !== "rows", maxRotation: 0, autoSkipPadding: 16 },
  };
  return {
    type: isRound ? "doughnut" : kind === "line" ? "line" : "bar",
    data: { labels: [], datasets: [] },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      normalized: true,
      indexAxis: kind === "rows" ? "y" : "x",
      interaction: {
        mode: isRound ? "nearest" : "index",
        intersect: isRound,
        axis: kind === "rows" ? "y" : "x",
      },
      ...isRound
        ? { cutout: "70%" }
        : { scales: kind === "rows" ? { x: value, y: name } : { x: name, y: value } },
      elements: {
        point: { radius: 0, hitRadius: 8 },
        line: { borderWidth: 1.5, tension: 0, fill: true },
        arc: { borderWidth: 2 },
        bar: { borderWidth: 0, borderRadius: kind === "rows" ? 2 : 0 },
      },
      datasets: { bar: { maxBarThickness: 18, categoryPercentage: 0.86, barPercentage: 0.9 } },
      plugins: {
        legend: {
          display: isRound,
          position: isRound ? "right" : "bottom",
          labels: { font, boxWidth: 10, boxHeight: 10, padding: 10 },
        },
        tooltip: {
          callbacks: {
            label: ({ dataset, label, raw }) =>
              ` ${isRound ? label : dataset.label}: ${format(Math.abs(Number(raw)))}`,
          },
        },
      },
    },
  } as ChartConfiguration<"bar" | "line" | "doughnut", number[], string>;
}

/** `50.00K` on an axis is `50K`. */
function withoutZeros(text: string): string {
  return text.replace(/(\.\d*?)0+(?=\D|$)/, (_, fraction: string) => fraction === "." ? "" : fraction);
}
