/**
 * Key figures: their type, how changes apply to them, and how they are written for people. Pure; runs in the
 * browser too.
 *
 * @module
 */

export type * from "./kpi.ts";
export type * from "./rows.ts";
export * from "./panels.ts";
export * from "./chart_data.ts";
export * from "./charts.ts";
export * from "./panel_charts.ts";
export * from "./trends.ts";
export * from "./format.ts";
export * from "./series.ts";
export * from "./view.ts";
export * from "./zone.ts";
