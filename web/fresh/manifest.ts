/**
 * What a generated `_fresh/server.ts` may name. Both functions return what they were given; the type checker so refuses
 * a route with exports that do not exist here, and an island whose props cannot travel.
 *
 * @module
 */

import type { Signal } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";
import type { RouteModule } from "./render.ts";

export const checkRoutes = (routes: Record<string, RouteModule>) => routes;
export const checkIslands = <M>(modules: { [File in keyof M]: Checked<M[File]> }): unknown => modules;

/** An island keeps its type if its props can travel; whatever else a file exports is its own business. */
type Checked<Module> = {
  [Name in keyof Module]: Module[Name] extends (props: infer Props) => VNode | null
    ? true extends HoldsFunction<Props> ? "an island's props may not hold functions" : Module[Name]
    : Module[Name];
};

type Leaf = Date | URL | RegExp | Signal | VNode;

/** As deep as types say; one that holds itself is followed down some levels. */
type HoldsFunction<T, Level extends unknown[] = []> = Level["length"] extends 8 ? false
  : ComponentChildren extends T ? false
  : T extends Leaf ? false
  : T extends (...args: never[]) => unknown ? true
  : T extends ReadonlyMap<infer K, infer V> ? HoldsFunction<K | V, [...Level, T]>
  : T extends ReadonlySet<infer Item> | readonly (infer Item)[] ? HoldsFunction<Item, [...Level, T]>
  : T extends object ? { [Key in keyof T]: HoldsFunction<T[Key], [...Level, T]> }[keyof T]
  : false;
