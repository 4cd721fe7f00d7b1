import { define } from "../define.ts";
import Unsendable from "../islands/Unsendable.tsx";

class Account {
  name = "x";
}

const VALUES: Record<string, unknown> = {
  function: { deep: [() => 1] },
  instance: new Account(),
  symbol: Symbol("x"),
  element: [<b key="b">in a list</b>],
};

export default define.page(({ url }) => <Unsendable value={VALUES[url.searchParams.get("kind") ?? ""]} />);
