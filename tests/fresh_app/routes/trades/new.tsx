import { define } from "../../define.ts";

export default define.page(() => <p>a new trade</p>);
