/**
 * `App`: what a program puts together. It notes commands down and turns them into one Hono router.
 *
 * @module
 */

import { Hono, type MiddlewareHandler } from "hono";
import { STATUS_CODES } from "node:http";
import { type Build, EMPTY_BUILD, openBuild } from "./build.ts";
import { HttpError, type Middleware } from "./define.ts";
import { fromHono } from "./guards.ts";
import { type Command, toRoutes } from "./routes.ts";

export type ListenOptions = Partial<Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem>;

type Steps<Step> = Step[] | [path: string, ...Step[]];

const NO_ADDRESS = { transport: "tcp", hostname: "localhost", port: 0 } as const;
const NO_INFO: Deno.ServeHandlerInfo = { remoteAddr: NO_ADDRESS, completed: Promise.resolve() };

/** The builds that apps serve; `listen()` makes one itself if there is none. */
export const builds = new WeakMap<object, Build>();

export class App<State> {
  readonly #commands: Command<State>[] = [];

  /** Takes Fresh's middlewares and, beyond Fresh, Hono's: those declare `(c, next)`. */
  use(...steps: Steps<Middleware<State>>): this;
  use(...steps: Steps<MiddlewareHandler>): this;
  use(...all: unknown[]): this {
    const path = typeof all[0] === "string" ? all.shift() as string : "";
    const steps = (all as Middleware<State>[]).map((step) => step.length < 2 ? step : fromHono<State>(step));
    return this.#on("USE")(path, ...steps);
  }

  get = this.#on("GET");
  post = this.#on("POST");
  put = this.#on("PUT");
  patch = this.#on("PATCH");
  delete = this.#on("DELETE");
  all = this.#on("ALL");

  #on(method: Command<State>["method"]) {
    return (path: string, ...steps: Middleware<State>[]): this => {
      this.#commands.push({ method, path, steps });
      return this;
    };
  }

  /** Puts the files of `routes/` here. */
  fsRoutes = (): this => this.#on("FILES")("");

  /** Puts another app's routes and middlewares here, below a path. */
  mountApp(path: string, app: App<State>): this {
    for (const command of app.#commands) {
      if (command.method === "FILES") throw new TypeError("Cannot mount an app that has fsRoutes()");
      this.#commands.push({ ...command, path: `${path.replace(/\/$/, "")}${command.path}` });
    }
    return this;
  }

  handler(): (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response> {
    const build = builds.get(this) ?? EMPTY_BUILD;
    const hono = new Hono<{ Bindings: { info: Deno.ServeHandlerInfo } }>({ strict: false });
    if (build.dev !== undefined) hono.get("/_fresh/alive", () => openUntilStop(build.dev!));
    for (const { method, pattern, run } of toRoutes(this.#commands, build)) {
      const names = pattern.match(/(?<=\/:)\w+/g) ?? [];
      hono.on(method, pattern, async (c) => {
        const url = new URL(c.req.url);
        if (url.pathname.includes("//")) url.pathname = url.pathname.replace(/\/+/g, "/");
        const { info } = c.env, { raw: req } = c.req;
        const params = Object.fromEntries(names.map((name) => [name, c.req.param(name) ?? ""]));
        const next = () => Promise.reject(new HttpError(404)), state = {} as State, error = null;
        const ctx = { build, req, url, info, route: pattern, params, state, error, next, redirect };
        const response = await run(ctx).catch(answerTo);
        // Hono would only drop the body of an answer to HEAD, and leave a stream's timers running.
        if (req.method === "HEAD") await response.body?.cancel();
        return response;
      });
    }
    return async (request, info = NO_INFO) => await hono.fetch(request, { info });
  }

  /** Unlike Fresh's, answers with the server, so that tests learn its port and a program awaits its end. */
  async listen(options: ListenOptions = {}): Promise<Deno.HttpServer<Deno.NetAddr>> {
    if (!builds.has(this)) builds.set(this, await openBuild());
    return Deno.serve(options as Deno.ServeTcpOptions, this.handler());
  }
}

/** In development: names this start of the server, and breaks with it. */
function openUntilStop(start: string): Response {
  const bytes = new TextEncoder().encode(`retry: 50\ndata: ${start}\n\n`);
  const body = new ReadableStream({ start: (controller) => controller.enqueue(bytes) });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

function redirect(pathOrUrl: string, status = 302): Response {
  const [, path = "", rest = ""] = /^([^?#]*)(.*)$/s.exec(pathOrUrl.replace(/[\0-\x20]/g, "")) ?? [];
  const location = (/^[/\\]/.test(path) ? path.replace(/[/\\]+/g, "/") : path) + rest;
  return new Response(null, { status, headers: { location } });
}

function answerTo(error: unknown): Response {
  const { status, message } = error instanceof HttpError ? error : new HttpError(500);
  if (status >= 500) console.error(error);
  return new Response(message || STATUS_CODES[status] || null, { status });
}
