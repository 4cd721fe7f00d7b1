import { define } from "../../define.ts";

export default define.page(({ params }) => <p>docs [{params.path}] {typeof params.path}</p>);
