import { useEffect, useState } from "preact/hooks";

export default function Chart() {
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  return <p class="chart-a">{live ? "a live" : "a"}</p>;
}
