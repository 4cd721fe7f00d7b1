import { define } from "../define.ts";

export default define.page(({ error }) => <h1>root error: {(error as Error).message}</h1>);
