import { useState } from "preact/hooks";

/** Shows nothing, then one, two, … items beside each other, without an element around them. */
export default function Growing({ name, start }: { name: string; start: number }) {
  const [count, setCount] = useState(start);
  const items = Array.from({ length: count }, (_, at) => <i key={at}>{`${name}${at}`}</i>);
  Object.assign(globalThis, { [`grow_${name}`]: (by: number) => setCount((now) => now + by) });
  return count === 0 ? null : <>{items.toReversed()}</>;
}

/** A text without an element, inside a paragraph. */
export function Words({ name }: { name: string }) {
  const [text, setText] = useState(name);
  Object.assign(globalThis, { [`say_${name}`]: setText });
  return <>{text}</>;
}

/** Inside of a drawing, where elements have another namespace. */
export function Dot({ name }: { name: string }) {
  const [count, setCount] = useState(1);
  Object.assign(globalThis, { [`dots_${name}`]: setCount });
  return <>{Array.from({ length: count }, (_, at) => <circle key={at} cx={at} cy={1} r={1} />)}</>;
}

/** Fails in the browser alone. */
export function Failing() {
  if (typeof document !== "undefined") throw new Error("fails in the browser");
  return <b class="failing">server</b>;
}
