import type { Signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";

export interface ValuesProps {
  text: string;
  numbers: number[];
  big: bigint;
  date: Date;
  url: URL;
  map: Map<string, { amount: bigint }>;
  set: Set<number>;
  nothing: null;
  missing: undefined;
  yes: boolean;
  nested: { deep: { list: (string | undefined)[] }; count: Signal<number> };
  double: Signal<number>;
  tree?: Tree;
}

/** Only its type matters: it holds itself. */
interface Tree {
  name: string;
  parts: readonly Tree[];
}

/** Shows what arrived, so that server and browser can be compared. */
export default function Values(props: ValuesProps) {
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  const { text, numbers, big, date, url, map, set, nested, double } = props;
  return (
    <ul class={live ? "values live" : "values"}>
      <li>{text}</li>
      <li>{numbers.map((number) => Object.is(number, -0) ? "-0" : String(number)).join()}</li>
      <li>{`${typeof big} ${big}`}</li>
      <li>{date.toISOString()}</li>
      <li>{url.searchParams.get("q")}</li>
      <li>{[...map].map(([key, { amount }]) => `${key}=${amount}`).join()}</li>
      <li>{[...set].join()}</li>
      <li>{`${props.nothing} ${props.missing} ${props.yes}`}</li>
      <li>{nested.deep.list.join("|")}</li>
      <li>{`${nested.count.value} ${double.value}`}</li>
    </ul>
  );
}
