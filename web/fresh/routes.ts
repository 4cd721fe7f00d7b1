/**
 * Which middlewares, layouts and error pages stand around a route. Folders are segments: what lies in one is met by
 * every route below it, from the outside in, and a group such as `(admin)` is a segment without an address.
 *
 * @module
 */

import type { Build } from "./build.ts";
import { type ErrorStatus, HttpError, type Method, type Middleware } from "./define.ts";
import { BareDocument, type Call, respond, type RouteComponent, type RouteModule } from "./render.ts";

/** What `App`'s methods note down, in their order, until `handler()` asks for it. */
export interface Command<State> {
  method: Method | "ALL" | "USE" | "FILES";
  path: string;
  steps: Middleware<State>[];
}

/** A pattern of Hono's and what answers it; lower ranks are asked first. */
export type Route<State> = { rank: number; method: Method | "ALL"; pattern: string; run: Run<State> };

type Run<State> = (ctx: Call<State>) => Promise<Response>;
type Last<State> = (ctx: Call<State>, around: RouteComponent[]) => Promise<Response>;
type Special = "_app" | "_layout" | "_error" | "_404";
type Segment<State> = { use: Middleware<State>[] } & { [Name in Special]?: RouteModule<State> };

const STATIC = 0, DYNAMIC = 1, WRONG_METHOD = 2, FALLBACK = 3;

export function toRoutes<State>(commands: Command<State>[], build: Build): Route<State>[] {
  const routes: Route<State>[] = [];
  const segments = new Map<string, Segment<State>>([["", { use: [], _app: { default: BareDocument } }]]);
  const segment = (path: string) => segments.get(path) ?? segments.set(path, { use: [] }).get(path)!;
  const rankOf = (pattern: string) => /[:*{]/.test(pattern) ? DYNAMIC : STATIC;
  const add = (rank: number, method: Method | "ALL", pattern: string, path: string, last: Last<State>) =>
    routes.push({ rank, method, pattern, run: wrap(path, segments, last) });

  for (const { method, path, steps } of commands) {
    if (method === "USE") segment(path.replace(/\/?\*?$/, "")).use.push(...steps);
    else if (method !== "FILES") {
      const run = steps.reduceRight((rest, step) => before(step, rest), refuse<State>(404));
      add(rankOf(path), method, path, path, run);
      if (method !== "ALL") add(WRONG_METHOD, "ALL", path, "", refuse(405));
    } else {
      for (const { name, folder, pattern, module } of toFiles<State>(build)) {
        const steps = [module.default ?? module.handler ?? module.handlers].flat() as Middleware<State>[];
        if (name === "_middleware") segment(folder).use.push(...steps);
        else if (name.startsWith("_")) segment(folder)[name as Special] = module;
        else add(rankOf(pattern), "ALL", pattern, folder, (ctx, around) => respond(ctx, module, around));
      }
    }
  }
  for (const [path, { _404 }] of segments) {
    const isOwn = path === "" || (_404 !== undefined && !path.includes("("));
    if (isOwn) add(FALLBACK + 1 / path.split("/").length, "ALL", `${path}/*`, path, refuse(404));
  }
  return routes.sort((a, b) => a.rank - b.rank);
}

/** Puts a route's own answer into its segments, the outermost last. */
function wrap<State>(path: string, segments: Map<string, Segment<State>>, last: Last<State>): Run<State> {
  const parts = path.split("/");
  const found = parts.flatMap((_, at) => segments.get(parts.slice(0, at + 1).join("/")) ?? []);
  const aroundAt = (at: number) =>
    [...found.slice(0, at + 1).toReversed().map(({ _layout }) => _layout), found[0]!._app]
      .flatMap((module) => module?.default as RouteComponent ?? []);
  const around = aroundAt(found.length);
  let run: Run<State> = (ctx) => last(ctx, around);
  for (const [at, { use, _error, _404 }] of [...found.entries()].toReversed()) {
    const isLeft = found.slice(0, at).some((segment) => segment._404 !== undefined);
    const guard = (inner: Run<State>): Run<State> => (ctx) =>
      inner(ctx).catch((thrown) => {
        const status = thrown instanceof HttpError ? thrown.status : 500;
        ctx.error = thrown;
        const shown = status === 404 && (_404 !== undefined || isLeft) ? _404 : _error;
        if (shown === undefined) throw thrown;
        return respond(ctx, shown, aroundAt(at), shown === _404 ? 200 : status);
      });
    // Around each step, not around all: so an error page gets the headers of the middlewares outside of the fault.
    run = use.reduceRight((rest, step) => guard(before(step, rest)), guard(run));
  }
  return run;
}

const before = <State>(step: Middleware<State>, rest: Run<State>): Run<State> => async (ctx) =>
  await step(Object.assign(ctx, { next: () => rest(ctx) }));

const refuse = <State>(status: ErrorStatus): Run<State> => () => Promise.reject(new HttpError(status));

/** What stands around routes, then they as they are asked: names, parameters, catch-alls. Folders keep their groups. */
function toFiles<State>(build: Build) {
  return Object.entries(build.routes as Record<string, RouteModule<State>>).map(([id, module]) => {
    const folder = id.slice(0, id.lastIndexOf("/")), name = id.slice(folder.length + 1);
    const path = toPattern(id.replace(/\/\([^/]*\)/g, "").replace(/\/index$/, ""));
    const pattern = path.replace(/\{\.\+\}$/, "$&?") || "/"; // A catch-all also answers the address without it.
    const order = name.startsWith("_") ? "" : pattern.replace(/:\w+/g, "~");
    return { name, folder: toPattern(folder), pattern, module, order };
  }).sort((a, b) => Number(a.order > b.order) - Number(a.order < b.order));
}

/** Folders and files as Hono writes them: `/a/[id]` is `/a/:id`. */
function toPattern(path: string): string {
  return path.replace(/[^/]+/g, (part) => {
    const [, mark, name] = /^\[(\.\.\.|\[)?(\w+)\]?\]$/.exec(part) ?? [];
    if (name !== undefined) return `:${name}${mark === "..." ? "{.+}" : mark === "[" ? "?" : ""}`;
    if (!/[[\]:*{}]/.test(part)) return part;
    throw new SyntaxError(`Cannot route ${path}: "${part}" is neither a name nor a whole parameter`);
  });
}
