import { page } from "fresh";
import { define } from "../../define.ts";

export const handler = define.handlers(() => page(undefined, { status: 404 }));

export default define.page(() => <h1>no such goods</h1>);
