/**
 * What each kind of chart is to Chart.js: its options, and its data sets for what is to be drawn. Options are made
 * once and data sets are changed in place, so that a chart is never built anew.
 *
 * @module
 */

import { type ChartData, formatCount, formatRate, formatShort, type Tone } from "../../shared/kpi/mod.ts";

/**
 * `bars` stand over time, `rows` lie below each other, one for each name; `limits` are rows with marks at what is
 * allowed, `matrix` is a field of labels by series, `flow` leads from step to step.
 */
export type ChartKind = "bars" | "line" | "rows" | "limits" | "doughnut" | "matrix" | "flow";
export type Unit = "count" | "usd" | "rate" | "ms";

export const FORMATS: Record<Unit, (value: number) => string> = {
  count: formatCount,
  usd: formatShort,
  rate: formatRate,
  ms: (value) => value < 1_000 ? `${value} ms` : `${value / 1_000} s`,
};

export const TYPES: Record<ChartKind, "bar" | "line" | "doughnut" | "matrix" | "sankey"> = {
  bars: "bar",
  line: "line",
  rows: "bar",
  limits: "bar",
  doughnut: "doughnut",
  matrix: "matrix",
  flow: "sankey",
};

type Colours = (token: string) => string;
// deno-lint-ignore no-explicit-any -- Chart.js and its plugins type each kind apart
type Dataset = any;

/** The data sets, each the one of before where there was one of its name. */
export function toDatasets(
  kind: ChartKind,
  data: ChartData,
  colours: Colours,
  before: readonly Dataset[],
): Dataset[] {
  const known = new Map(before.map((dataset) => [dataset.label, dataset]));
  const own = (label: string, rest: object) => Object.assign(known.get(label) ?? { label }, rest);
  if (kind === "matrix") return [own("cells", toMatrix(data, colours))];
  if (kind === "flow") return [own("flow", toFlow(data, colours))];
  const colour = (tone: Tone) => colours(`tone-${tone}`);
  return data.series.map(({ name, tone, values }, index) => {
    const fill = data.tones && index === 0 ? data.tones.map(colour) : colour(tone);
    if (kind === "limits" && index > 0) return own(name, toMarks(values, colour(tone), index));
    return own(name, {
      data: [...values],
      backgroundColor: kind === "line" ? `color-mix(in srgb, ${colour(tone)} 16%, transparent)` : fill,
      borderColor: kind === "line" ? colour(tone) : colours("surface"),
      // A point alone makes no line.
      pointRadius: kind === "line" && values.length < 3 ? 2 : 0,
      // Several lines over each other are told apart by what is not filled.
      fill: data.series.length === 1,
    });
  });
}

/** A stroke across the bar at what is allowed. */
function toMarks(values: readonly number[], colour: string, index: number) {
  return {
    type: "line",
    data: [...values],
    showLine: false,
    pointStyle: "line",
    pointRotation: 90,
    pointRadius: 9,
    pointHoverRadius: 9,
    borderWidth: index === 1 ? 1.5 : 2.5,
    pointBorderWidth: index === 1 ? 1.5 : 2.5,
    borderColor: colour,
    pointBorderColor: colour,
    backgroundColor: colour,
  };
}

/** From this rate of matches down a cell is as dark as it gets. */
const RATE_FLOOR = 0.95;

function toMatrix({ labels, series }: ChartData, colours: Colours) {
  const cells = series.flatMap(({ name, values }) => labels.map((x, at) => ({ x, y: name, v: values[at]! })));
  const [bad, good, none] = [colours("tone-danger"), colours("tone-ok"), colours("sunken")];
  return {
    data: cells,
    backgroundColor: cells.map(({ v }) => {
      if (Number.isNaN(v)) return none;
      if (v === 1) return `color-mix(in srgb, ${good} 24%, transparent)`;
      const share = Math.min(1, (1 - v) / (1 - RATE_FLOOR));
      return `color-mix(in srgb, ${bad} ${Math.round(18 + 72 * share)}%, transparent)`;
    }),
    textColour: colours("text"),
    borderWidth: 0,
    borderRadius: 2,
    width: ({ chart }: Dataset) => (chart.chartArea?.width ?? 0) / labels.length - 2,
    height: ({ chart }: Dataset) => (chart.chartArea?.height ?? 0) / Math.max(1, series.length) - 2,
  };
}

/** Writes each rate into its cell: colour alone would tell it to some only. */
export const CELL_TEXTS = {
  id: "cellTexts",
  afterDatasetsDraw: (chart: Dataset) => {
    const { ctx } = chart;
    ctx.save();
    ctx.fillStyle = chart.data.datasets[0]?.textColour;
    ctx.font = `11px ${getComputedStyle(document.body).fontFamily}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    for (const { x, y, width, height, $context: { raw } } of chart.getDatasetMeta(0).data) {
      const text = Number.isNaN(raw.v) ? "–" : (Math.floor(raw.v * 1_000) / 10).toFixed(1);
      if (width > 28) ctx.fillText(text, x + width / 2, y + height / 2);
    }
    ctx.restore();
  },
};

function toFlow({ series, tones, links = [] }: ChartData, colours: Colours) {
  const toned = new Map(links.map(({ to }, index) => [to, colours(`tone-${tones?.[index] ?? "main"}`)]));
  const colourOf = (name: string) => toned.get(name) ?? colours("tone-main");
  return {
    data: links.map(({ from, to }, index) => ({ from, to, flow: series[0]!.values[index]! })),
    colorFrom: ({ dataset, dataIndex }: Dataset) => colourOf(dataset.data[dataIndex]?.from),
    colorTo: ({ dataset, dataIndex }: Dataset) => colourOf(dataset.data[dataIndex]?.to),
    colorMode: "gradient",
    alpha: 0.35,
    borderWidth: 0,
    nodeWidth: 8,
    color: colours("text"),
  };
}

/** Which value of the data a drawn element stands for. */
export function toPlace(
  kind: ChartKind,
  { labels }: ChartData,
  { index, datasetIndex }: { index: number; datasetIndex: number },
): { label: number; series: number } {
  if (kind === "matrix") return { label: index % labels.length, series: Math.floor(index / labels.length) };
  return { label: index, series: datasetIndex };
}

/** Colours change with the theme, everything else stays. */
export function paint(options: Dataset, colours: Colours): void {
  for (const scale of Object.values<Dataset>(options.scales ?? {})) {
    Object.assign(scale.ticks, { color: colours("muted") });
    Object.assign(scale.grid, { color: colours("grid") });
  }
  Object.assign(options.plugins.legend.labels, { color: colours("muted") });
}

export function toOptions(kind: ChartKind, unit: Unit, family: string): object {
  const font = { family, size: 11 };
  const isRound = kind === "doughnut";
  const isRow = kind === "rows" || kind === "limits";
  const isField = kind === "matrix";
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    normalized: true,
    indexAxis: isRow ? "y" : "x",
    interaction: {
      mode: isRound || isField || kind === "flow" ? "nearest" : "index",
      intersect: isRound || isField || kind === "flow",
      axis: isRow ? "y" : "x",
    },
    ...isRound ? { cutout: "70%" } : kind === "flow" ? {} : { scales: toScales(kind, unit, font) },
    ...kind === "flow" ? { font } : {},
    elements: {
      point: { radius: 0, hitRadius: 8 },
      line: { borderWidth: 1.5, tension: 0 },
      arc: { borderWidth: 2 },
      bar: { borderWidth: 0, borderRadius: isRow ? 2 : 0 },
    },
    datasets: { bar: { maxBarThickness: 18, categoryPercentage: 0.86, barPercentage: 0.9 } },
    plugins: {
      legend: {
        display: isRound,
        position: "right",
        labels: { font, boxWidth: 10, boxHeight: 10, padding: 10 },
      },
      tooltip: { animation: false, callbacks: toTooltip(kind, FORMATS[unit]) },
    },
  };
}

function toTooltip(kind: ChartKind, format: (value: number) => string): object {
  if (kind === "matrix") {
    return {
      title: () => "",
      label: ({ raw: { x, y, v } }: Dataset) => ` ${y}, ${x}: ${Number.isNaN(v) ? "no trades" : format(v)}`,
    };
  }
  if (kind === "flow") {
    return { label: ({ raw: { from, to, flow } }: Dataset) => ` ${from} → ${to}: ${format(flow)}` };
  }
  return {
    label: ({ dataset, label, raw }: Dataset) =>
      ` ${kind === "doughnut" ? label : dataset.label}: ${format(Math.abs(Number(raw)))}`,
  };
}

function toScales(kind: ChartKind, unit: Unit, font: object): object {
  const name = {
    stacked: kind === "bars" || kind === "rows",
    border: { display: false },
    grid: { display: false },
    ticks: { font, autoSkip: kind === "bars" || kind === "line", maxRotation: 0, autoSkipPadding: 16 },
  };
  if (kind === "matrix") {
    const category = { ...name, type: "category", offset: true, labels: [] };
    return {
      x: { ...category, position: "top" },
      y: { ...category, ticks: { ...name.ticks }, grid: { display: false } },
    };
  }
  const value = {
    stacked: kind === "bars" || kind === "rows",
    beginAtZero: true,
    border: { display: false },
    grid: {},
    ticks: {
      font,
      maxTicksLimit: 5,
      precision: unit === "count" ? 0 : undefined,
      callback: (tick: number | string) => withoutZeros(FORMATS[unit](Math.abs(Number(tick)))),
    },
  };
  return kind === "rows" || kind === "limits" ? { x: value, y: name } : { x: name, y: value };
}

/** `50.00K` on an axis is `50K`. */
function withoutZeros(text: string): string {
  return text.replace(/(\.\d*?)0+(?=\D|$)/, (_, fraction: string) => fraction === "." ? "" : fraction);
}
