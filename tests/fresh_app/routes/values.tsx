import { computed, signal } from "@preact/signals";
import { define } from "../define.ts";
import Values from "../islands/Values.tsx";

const TEXT = "</script><script>alert(1)</script> é \u2028 'quotes\" & <!--";

export default define.page(() => {
  const count = signal(21);
  return (
    <Values
      text={TEXT}
      numbers={[1, 2.5, NaN, Infinity, -Infinity, -0, 1e21]}
      big={12345678901234567890n}
      date={new Date(1_700_000_000_123)}
      url={new URL("https://example.org/?q=ä b")}
      map={new Map([["GSCO", { amount: 5n }]])}
      set={new Set([3, 1])}
      nothing={null}
      missing={undefined}
      yes
      nested={{ deep: { list: ["a", undefined, "c"] }, count }}
      double={computed(() => count.value * 2) as never}
    />
  );
});
