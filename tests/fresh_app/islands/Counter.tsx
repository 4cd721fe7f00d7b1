import type { Signal } from "@preact/signals";

export default function Counter({ count, label }: { count: Signal<number>; label: string }) {
  return (
    <button type="button" class="counter" onClick={() => count.value++}>
      <span>{label}</span>
      <output>{count}</output>
    </button>
  );
}
