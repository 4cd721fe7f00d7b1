import { HttpError, page } from "fresh";
import { define } from "../../define.ts";

export const handler = define.handlers({
  GET(ctx) {
    if (ctx.params.id === "none") throw new HttpError(404);
    return page({ id: ctx.params.id ?? "" }, { headers: { "x-trade": ctx.params.id ?? "" }, status: 201 });
  },
  async POST(ctx) {
    return new Response(`posted ${await ctx.req.text()}`);
  },
});

export default define.page<typeof handler>(({ data }) => <p>trade {data.id}</p>);
