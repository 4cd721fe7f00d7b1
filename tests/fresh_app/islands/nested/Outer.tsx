import { useSignal } from "@preact/signals";
import Counter from "../Counter.tsx";

/** An island inside an island is a component like any other. */
export default function Outer() {
  const count = useSignal(7);
  return (
    <div class="outer">
      <Counter count={count} label="inner" />
    </div>
  );
}
