import { define } from "../../define.ts";

export default define.page(({ params }) => <p>opt [{params.id}] {typeof params.id}</p>);
