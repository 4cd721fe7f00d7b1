import { define } from "../define.ts";
import Growing, { Dot, Words } from "../islands/Edges.tsx";

export default define.page(() => (
  <main>
    <Growing name="a" start={0} />
    <Growing name="b" start={2} />
    <Growing name="c" start={1} />
    <u>between</u>
    <p>
      Said: <Words name="x" />
      <Words name="y" />.
    </p>
    <svg>
      <Dot name="d" />
      <rect />
    </svg>
  </main>
));
