/**
 * Which middlewares, layouts and error pages stand around a route. Folders are segments: what lies in one is
 * met by every route below it, from the outside in, and a group such as `(admin)` is a segment without an address.
 *
 * @module
 */

import type { Build } from "./build.ts";
import { type Context, HttpError, type Method, type Middleware } from "./define.ts";
import { type Frame, respond, type RouteComponent, type RouteModule } from "./render.ts";

/** What `App`'s methods note down, in their order, until `handler()` asks for it. */
export type Command<State> =
  | { kind: "use"; path: string; steps: Middleware<State>[] }
  | { kind: "handle"; path: string; method: Method | "ALL"; steps: Middleware<State>[] }
  | { kind: "files" };

/** A pattern of Hono's and what answers it. Lower ranks are asked first. */
export interface Route<State> {
  method: Method | "ALL";
  pattern: string;
  rank: number;
  run: (ctx: Context<State>) => Promise<Response>;
}

interface Segment<State> {
  use: Middleware<State>[];
  layout?: RouteComponent<State>;
  error?: RouteModule<State>;
  missing?: RouteModule<State>;
}

const STATIC = 0, DYNAMIC = 1, WRONG_METHOD = 2, FALLBACK = 3, LAST = 1_000;

export function toRoutes<State>(commands: Command<State>[], build: Build): Route<State>[] {
  const segments = new Map<string, Segment<State>>([["", { use: [] }]]);
  const segment = (path: string) => segments.get(path) ?? segments.set(path, { use: [] }).get(path)!;
  const routes: Route<State>[] = [];
  let app: RouteComponent<State> | undefined;
  const add = (method: Method | "ALL", pattern: string, rank: number, path: string, last: Last<State>) => {
    const run = around(path, segments, app, last);
    routes.push({ method, pattern, rank: rank === STATIC && /[:*{]/.test(pattern) ? DYNAMIC : rank, run });
  };

  for (const command of commands) {
    if (command.kind === "use") {
      segment(command.path.replace(/\/?\*?$/, "")).use.push(...command.steps);
    } else if (command.kind === "handle") {
      const { method, path, steps } = command;
      add(
        method,
        path,
        STATIC,
        path,
        steps.reduceRight<Middleware<State>>((rest, step) => before(step, rest), () => refuse(404)),
      );
      if (method !== "ALL") add("ALL", path, WRONG_METHOD, "", () => refuse(405));
    } else {
      const files = toFiles<State>(build);
      app = files.find(({ name, folder }) => name === "_app" && folder === "")?.module.default as typeof app;
      for (const { name, folder, module } of files) {
        if (name === "_layout") segment(folder).layout = module.default as RouteComponent<State>;
        if (name === "_error") segment(folder).error = module;
        if (name === "_404") segment(folder).missing = module;
        const steps = module.default ?? module.handler ?? module.handlers;
        if (name === "_middleware") segment(folder).use.push(...[steps].flat() as Middleware<State>[]);
      }
      for (const { folder, module, patterns } of files.filter(({ name }) => !name.startsWith("_"))) {
        const last: Last<State> = (ctx, frame) => respond(ctx, module, frame);
        for (const pattern of patterns) add("ALL", pattern, STATIC, folder, last);
      }
    }
  }
  for (const [path, { missing }] of segments) {
    const address = path.replace(/\/\([^/]*\)/g, "");
    const isOwn = path === "" || (missing !== undefined && address === path);
    if (isOwn) add("ALL", `${address}/*`, FALLBACK + LAST - depth(path), path, () => refuse(404));
  }
  return routes.sort((a, b) => a.rank - b.rank);
}

type Last<State> = (ctx: Context<State>, frame: Frame<State>) => Response | Promise<Response>;

/** Wraps a route's own answer in its segments, the outermost last. */
function around<State>(
  path: string,
  segments: Map<string, Segment<State>>,
  app: RouteComponent<State> | undefined,
  last: Last<State>,
): Route<State>["run"] {
  const parts = path.split("/");
  const found = parts.map((_, at) => segments.get(parts.slice(0, at + 1).join("/")))
    .filter((segment) => segment !== undefined);
  const frames = found.map((_, at) => ({
    app,
    layouts: found.slice(0, at + 1).flatMap(({ layout }) => layout ?? []),
  }));
  const frame = frames.at(-1)!;
  let run: Route<State>["run"] = async (ctx) => await last(ctx, frame);
  for (let at = found.length - 1; at >= 0; at--) {
    const { use, error, missing } = found[at]!;
    const missingAbove = found.slice(0, at).some((segment) => segment.missing !== undefined);
    const guard = (inner: Middleware<State>): Route<State>["run"] => async (ctx) => {
      try {
        return await inner(ctx);
      } catch (thrown) {
        ctx.error = thrown;
        const status = thrown instanceof HttpError ? thrown.status : 500;
        if (status === 404 && missing !== undefined) return await respond(ctx, missing, frames[at]!);
        if (error === undefined || (status === 404 && missingAbove)) throw thrown;
        return await respond(ctx, error, frames[at]!, status);
      }
    };
    // Around each step, not around all: so an error page gets the headers of the middlewares outside of the fault.
    run = guard(run);
    for (const step of use.toReversed()) run = guard(before(step, run));
  }
  return run;
}

function before<State>(step: Middleware<State>, rest: Middleware<State>): Middleware<State> {
  return (ctx) => {
    ctx.next = async () => await rest(ctx);
    return step(ctx);
  };
}

function refuse(status: number): Promise<never> {
  return Promise.reject(new HttpError(status));
}

function depth(path: string): number {
  return path.split("/").length;
}

interface RouteFile<State> {
  name: string;
  /** With groups, since a group's middlewares are its own. */
  folder: string;
  patterns: string[];
  module: RouteModule<State>;
}

/** Files in the order in which they are asked: static names before parameters before catch-alls. */
function toFiles<State>(build: Build): RouteFile<State>[] {
  const weight = (id: string) =>
    id.split("/").map((part) => part.startsWith("[...") ? 2 : part.startsWith("[") ? 1 : 0).join("");
  return Object.entries(build.routes)
    .sort(([a], [b]) => weight(a) < weight(b) ? -1 : weight(a) > weight(b) ? 1 : a < b ? -1 : 1)
    .map(([id, module]) => {
      const folder = id.slice(0, id.lastIndexOf("/"));
      const patterns = toPatterns(id);
      return { name: id.slice(folder.length + 1), folder: toPatterns(folder, true)[0]!, patterns, module };
    }) as RouteFile<State>[];
}

/** `/a/(g)/[id]` as Hono's `/a/:id`. A catch-all also answers the address without it. */
export function toPatterns(id: string, keepGroups = false): string[] {
  const parts = id.split("/").filter((part) => keepGroups || !/^\(.*\)$/.test(part)).map((part) => {
    const name = /^\[(\.\.\.|\[)?(\w+)\]?\]$/.exec(part);
    if (name === null && /[[\]:*{}]/.test(part)) {
      throw new SyntaxError(`Cannot route ${id}: "${part}" is neither a name nor a whole parameter`);
    }
    if (name === null) return part;
    return `:${name[2]}${name[1] === "..." ? "{.+}" : name[1] === "[" ? "?" : ""}`;
  });
  if (parts.at(-1) === "index" && !keepGroups) parts.pop();
  const pattern = parts.join("/") || (keepGroups ? "" : "/");
  return pattern.endsWith("{.+}") ? [parts.slice(0, -1).join("/") || "/", pattern] : [pattern];
}
