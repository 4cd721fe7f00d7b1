/**
 * Key figures: their type, how changes apply to them, and how they are written for people. Pure; runs in the
 * browser too.
 *
 * @module
 */

export type * from "./kpi.ts";
export type * from "./rows.ts";
export * from "./charts.ts";
export * from "./format.ts";
export * from "./series.ts";
