import { useEffect, useState } from "preact/hooks";
import { capitals } from "../capitals.ts";

export default function Chart() {
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  return <p class="chart-b">{live ? capitals("b live") : capitals("b")}</p>;
}

export function Legend() {
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  return <p class="legend">{live ? "legend live" : "legend"}</p>;
}
