/**
 * Which middlewares, layouts and error pages stand around a route. Folders are segments: what lies in one is met by
 * every route below it, from the outside in, and a group such as `(admin)` is a segment without an address.
 *
 * @module
 */

import type { Build } from "./build.ts";
import { type ErrorStatus, HttpError, type Method, type Middleware } from "./define.ts";
import { type Call, respond, type RouteComponent, type RouteModule } from "./render.ts";

/** What `App`'s methods note down, in their order, until `handler()` asks for it. */
export type Command<State> =
  | { kind: "use"; path: string; steps: Middleware<State>[] }
  | { kind: "handle"; path: string; method: Method | "ALL"; steps: Middleware<State>[] }
  | { kind: "files"; path: "" };

/** A pattern of Hono's and what answers it. Lower ranks are asked first. */
export interface Route<State> {
  method: Method | "ALL";
  pattern: string;
  rank: number;
  run: Run<State>;
}

type Run<State> = (ctx: Call<State>) => Promise<Response>;
type Components = (RouteComponent | undefined)[];
type Special = "_app" | "_layout" | "_error" | "_404";
type Segment<State> = { use: Middleware<State>[] } & { [Name in Special]?: RouteModule<State> };

const STATIC = 0, DYNAMIC = 1, WRONG_METHOD = 2, DEEPEST_FALLBACK = 3, SHALLOWEST_FALLBACK = 100;

export function toRoutes<State>(commands: Command<State>[], build: Build): Route<State>[] {
  const segments = new Map<string, Segment<State>>([["", { use: [] }]]);
  const segment = (path: string) => segments.get(path) ?? segments.set(path, { use: [] }).get(path)!;
  const routes: Route<State>[] = [];
  const add = (method: Method | "ALL", pattern: string, rank: number, path: string, last: Last<State>) =>
    routes.push({ method, pattern, rank, run: around(path, segments, last) });
  const rankOf = (pattern: string) => /[:*{]/.test(pattern) ? DYNAMIC : STATIC;

  for (const command of commands) {
    const { kind, path } = command;
    if (kind === "use") segment(path.replace(/\/?\*?$/, "")).use.push(...command.steps);
    if (kind === "handle") {
      const run = command.steps.reduceRight(
        (rest, step) => before(step, rest),
        (() => refuse(404)) as Run<State>,
      );
      add(command.method, path, rankOf(path), path, run);
      if (command.method !== "ALL") add("ALL", path, WRONG_METHOD, "", () => refuse(405));
    }
    if (kind === "files") {
      const files = toFiles<State>(build);
      for (const { name, folder, module } of files.filter(({ name }) => name.startsWith("_"))) {
        const steps = [module.default ?? module.handler ?? module.handlers].flat();
        if (name === "_middleware") segment(folder).use.push(...steps as Middleware<State>[]);
        else segment(folder)[name as Special] = module;
      }
      for (const { folder, module, patterns } of files.filter(({ name }) => !name.startsWith("_"))) {
        const names = patterns.at(-1)!.match(/(?<=:)\w+/g) ?? [];
        const last: Last<State> = (ctx, components) => {
          for (const name of names) ctx.params[name] ??= "";
          return respond(ctx, module, components);
        };
        for (const pattern of patterns) add("ALL", pattern, rankOf(pattern), folder, last);
      }
    }
  }
  for (const [path, { _404 }] of segments) {
    const rank = Math.max(SHALLOWEST_FALLBACK - path.split("/").length, DEEPEST_FALLBACK);
    const isOwn = path === "" || (_404 !== undefined && !path.includes("("));
    if (isOwn) add("ALL", `${path}/*`, rank, path, () => refuse(404));
  }
  return routes.sort((a, b) => a.rank - b.rank);
}

type Last<State> = (ctx: Call<State>, components: Components) => Promise<Response>;

/** Wraps a route's own answer in its segments, the outermost last. */
function around<State>(path: string, segments: Map<string, Segment<State>>, last: Last<State>): Run<State> {
  const parts = path.split("/");
  const found = parts.flatMap((_, at) => segments.get(parts.slice(0, at + 1).join("/")) ?? []);
  const componentsAt = (at: number) => [
    found[0]!._app?.default as RouteComponent,
    ...found.slice(0, at + 1).flatMap(({ _layout }) => _layout?.default as RouteComponent ?? []),
  ];
  const components = componentsAt(found.length - 1);
  let run: Run<State> = (ctx) => last(ctx, components);
  for (let at = found.length - 1; at >= 0; at--) {
    const { use, _error, _404 } = found[at]!;
    const isLeft = found.slice(0, at).some((segment) => segment._404 !== undefined);
    const guard = (inner: Run<State>): Run<State> => async (ctx) => {
      try {
        return await inner(ctx);
      } catch (thrown) {
        const status = thrown instanceof HttpError ? thrown.status : 500;
        ctx.error = thrown;
        if (status === 404 && _404 !== undefined) return await respond(ctx, _404, componentsAt(at));
        if (_error === undefined || (status === 404 && isLeft)) throw thrown;
        return await respond(ctx, _error, componentsAt(at), status);
      }
    };
    // Around each step, not around all: so an error page gets the headers of the middlewares outside of the fault.
    run = use.reduceRight((rest, step) => guard(before(step, rest)), guard(run));
  }
  return run;
}

function before<State>(step: Middleware<State>, rest: Run<State>): Run<State> {
  return async (ctx) => {
    ctx.next = () => rest(ctx);
    return await step(ctx);
  };
}

function refuse(status: ErrorStatus): Promise<never> {
  return Promise.reject(new HttpError(status));
}

const withoutGroups = (path: string) => path.replace(/\/\([^/]*\)/g, "");

/** In the order in which they are asked: names before parameters before catch-alls. Folders keep their groups. */
function toFiles<State>(build: Build) {
  const order = (id: string) => withoutGroups(id).replace(/\[\.\.\.[^/]+/g, "~~").replace(/\[[^/]+/g, "~");
  return Object.entries(build.routes as Record<string, RouteModule<State>>)
    .sort(([a], [b]) => order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0)
    .map(([id, module]) => {
      const folder = id.slice(0, id.lastIndexOf("/")), name = id.slice(folder.length + 1);
      return { name, folder: toPattern(folder), patterns: toPatterns(id), module };
    });
}

/** `/a/(g)/[id]` answers `/a/:id`; a catch-all also answers the address without it. */
function toPatterns(id: string): string[] {
  const pattern = toPattern(withoutGroups(id).replace(/\/index$/, ""));
  const withoutRest = pattern.replace(/\/:\w+\{\.\+\}$/, "");
  return [...new Set([withoutRest || "/", pattern || "/"])];
}

function toPattern(path: string): string {
  return path.replace(/[^/]+/g, (part) => {
    const [, mark, name] = /^\[(\.\.\.|\[)?(\w+)\]?\]$/.exec(part) ?? [];
    if (name !== undefined) return `:${name}${mark === "..." ? "{.+}" : mark === "[" ? "?" : ""}`;
    if (!/[[\]:*{}]/.test(part)) return part;
    throw new SyntaxError(`Cannot route ${path}: "${part}" is neither a name nor a whole parameter`);
  });
}
