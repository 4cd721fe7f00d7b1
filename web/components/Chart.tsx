/**
 * One chart on a canvas. It is made when it is first seen and then changed in place, at most twice a second, only
 * while it can be seen, and without animation: what an analyst reads does not move. The only file that knows Chart.js.
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
  DoughnutController,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import { MatrixController, MatrixElement } from "chartjs-chart-matrix";
import { Flow, SankeyController } from "chartjs-chart-sankey";
import { useEffect, useRef } from "preact/hooks";
import type { ChartData } from "../../shared/kpi/mod.ts";
import {
  CELL_TEXTS,
  type ChartKind,
  paint,
  toDatasets,
  toOptions,
  toPlace,
  TYPES,
  type Unit,
} from "./chart_kinds.ts";
import { drawSoon } from "./draw_queue.ts";
import { readTokens } from "./tokens.ts";

Drawing.register(BarController, DoughnutController, LineController, MatrixController, SankeyController);
Drawing.register(ArcElement, BarElement, LineElement, PointElement, MatrixElement, Flow);
Drawing.register(CategoryScale, LinearScale, Filler, Legend, Tooltip);

/** A chart out of sight is drawn once, when those in sight have been: for paper, and for who scrolls fast. */
const UNSEEN_AFTER_MS = 800;

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
    let drawing: Drawing | null = null;
    let seen = false;
    let first: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      if (document.hidden || !element.isConnected || (!seen && drawing !== null)) return;
      drawing ??= toDrawing(element, kind, unit, data);
      apply(drawing, kind, data.peek());
    };
    const redraw = () => drawSoon(draw);
    const sight = new IntersectionObserver(([entry]) => {
      seen = entry?.isIntersecting ?? true;
      if (seen) redraw();
      else if (drawing === null) first = setTimeout(redraw, UNSEEN_AFTER_MS);
    }, { rootMargin: "100px" });
    sight.observe(element);
    const stop = effect(() => {
      void data.value;
      if (seen) redraw();
    });
    document.addEventListener("visibilitychange", redraw);
    document.addEventListener("breakwater-theme", redraw);
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", redraw);
    return () => {
      clearTimeout(first);
      stop();
      sight.disconnect();
      document.removeEventListener("visibilitychange", redraw);
      document.removeEventListener("breakwater-theme", redraw);
      scheme.removeEventListener("change", redraw);
      seen = false;
      drawing?.destroy();
    };
  }, []);

  return <canvas ref={canvas} role="img" aria-label={`${label}: chart; its table holds the numbers`} />;
}

function toDrawing(
  canvas: HTMLCanvasElement,
  kind: ChartKind,
  unit: Unit,
  data: ReadonlySignal<ChartData>,
): Drawing {
  const addressOf = (elements: readonly { index: number; datasetIndex: number }[]) => {
    if (elements[0] === undefined) return null;
    const { label, series } = toPlace(kind, data.peek(), elements[0]);
    return data.peek().toAddress?.(label, series) ?? null;
  };
  const family = getComputedStyle(document.body).fontFamily;
  const config = {
    type: TYPES[kind],
    data: { labels: [], datasets: [] },
    plugins: kind === "matrix" ? [CELL_TEXTS] : [],
    options: {
      ...toOptions(kind, unit, family),
      onClick: (event: unknown, elements: { index: number; datasetIndex: number }[]) => {
        const address = addressOf(elements);
        const { ctrlKey, metaKey } = (event as { native: MouseEvent }).native;
        if (address === null) return;
        if (ctrlKey || metaKey) open(address, "_blank");
        else location.assign(address);
      },
      onHover: (_: unknown, elements: { index: number; datasetIndex: number }[]) => {
        canvas.style.cursor = addressOf(elements) === null ? "" : "pointer";
      },
    },
  };
  return new Drawing(canvas, config as never) as unknown as Drawing;
}

function apply(drawing: Drawing, kind: ChartKind, data: ChartData): void {
  const colours = readTokens(drawing.canvas);
  drawing.data.labels = [...data.labels];
  drawing.data.datasets = toDatasets(kind, data, colours, drawing.data.datasets);
  if (kind === "matrix") {
    Object.assign(drawing.options.scales!.x!, { labels: [...data.labels] });
    Object.assign(drawing.options.scales!.y!, { labels: data.series.map(({ name }) => name) });
  }
  paint(drawing.options, colours);
  drawing.update("none");
}
