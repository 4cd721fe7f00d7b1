import { useState } from "preact/hooks";

export default function Row({ start }: { start: number }) {
  const [clicks, setClicks] = useState(start);
  return (
    <tr class="row" onClick={() => setClicks(clicks + 1)}>
      <td>{clicks}</td>
      {clicks > start && <td class="more">clicked</td>}
    </tr>
  );
}
