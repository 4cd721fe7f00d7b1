/**
 * What a generated `_fresh/server.ts` may name. Both functions return what they were given; they are there for the
 * type checker, which so refuses a route with exports that do not exist here and an island whose props cannot travel.
 *
 * @module
 */

import type { VNode } from "preact";
import type { RouteModule } from "./render.ts";

export function checkRoutes<Routes extends Record<string, RouteModule>>(routes: Routes): Routes {
  return routes;
}

export function checkIslands<Islands>(islands: { [File in keyof Islands]: Island<Islands[File]> }): unknown {
  return islands;
}

/** A component keeps its type if its props can travel; other exports of the file are its own business. */
type Island<Module> = {
  [Name in keyof Module]: Module[Name] extends (props: infer Props) => unknown
    ? true extends Stuck<Props> ? { error: "an island's props may not hold functions" } : Module[Name]
    : Module[Name];
};

// deno-lint-ignore no-explicit-any -- a test for "is it a function" needs the widest one.
type AnyFunction = (...args: any[]) => unknown;
type Leaf = string | number | bigint | boolean | symbol | null | undefined | Date | URL | RegExp | Signalish;
type Signalish = { peek(): unknown };

/** Whether a function is anywhere in a value; JSX and signals are looked after when they are sent. */
type Stuck<T> = T extends AnyFunction ? true
  : T extends Leaf | VNode ? false
  : T extends ReadonlyMap<infer Key, infer Value> ? Stuck<Key> | Stuck<Value>
  : T extends ReadonlySet<infer Item> | readonly (infer Item)[] ? Stuck<Item>
  : T extends object ? { [Key in keyof T]-?: Key extends "children" ? false : Stuck<T[Key]> }[keyof T]
  : false;
