import { define } from "../../define.ts";

export default define.page(async ({ url }) => <p>shop {await Promise.resolve(url.pathname)}</p>);
