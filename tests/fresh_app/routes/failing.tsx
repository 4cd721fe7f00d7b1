import { signal } from "@preact/signals";
import { define } from "../define.ts";
import Counter from "../islands/Counter.tsx";
import { Failing } from "../islands/Edges.tsx";

export default define.page(() => (
  <main>
    <Failing />
    <Counter count={signal(1)} label="works" />
  </main>
));
