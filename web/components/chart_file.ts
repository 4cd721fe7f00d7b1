/**
 * A chart as a file: its picture with its title, or its numbers.
 *
 * @module
 */

import { type ChartData, toCsv } from "../../shared/kpi/mod.ts";
import { readTokens } from "./tokens.ts";

/** @param of What a label is, as the head of its column. */
export function saveCsv(title: string, of: string, data: ChartData): void {
  save(new Blob([toCsv(data, of)], { type: "text/csv" }), `${toFileName(title)}.csv`);
}

const MARGIN = 16;
const HEAD = 56;

/** The picture in the colours of the page, at the resolution of the screen. */
export function savePng(title: string, note: string, chart: HTMLCanvasElement): void {
  const scale = chart.width / chart.clientWidth;
  const canvas = document.createElement("canvas");
  canvas.width = chart.width + 2 * MARGIN * scale;
  canvas.height = chart.height + (HEAD + MARGIN) * scale;
  const context = canvas.getContext("2d")!;
  const token = readTokens(chart);
  const { fontFamily } = getComputedStyle(document.body);
  context.fillStyle = token("surface");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(chart, MARGIN * scale, HEAD * scale);
  context.scale(scale, scale);
  context.fillStyle = token("text");
  context.font = `600 14px ${fontFamily}`;
  context.fillText(title, MARGIN, 24);
  context.fillStyle = token("muted");
  context.font = `12px ${fontFamily}`;
  context.fillText(note, MARGIN, 42);
  canvas.toBlob((blob) => blob !== null && save(blob, `${toFileName(title)}.png`), "image/png");
}

function toFileName(title: string): string {
  return `${title.toLowerCase().replace(/\W+/g, "-")}-${
    new Date().toISOString().slice(0, 16).replace(":", "")
  }`;
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
