import { define } from "../../define.ts";

export default define.page(({ error }) => <h1>shop error: {(error as Error).message}</h1>);
