export interface ShellProps {
  cards: { name: string; value: string }[];
  charts: string[];
  rows: string[][];
}

/** As much as the board's first page holds: cards, charts' places, a table. */
export default function Shell({ cards, charts, rows }: ShellProps) {
  return (
    <div class="shell">
      {cards.map(({ name, value }) => (
        <section key={name} class="card">
          <h2>{name}</h2>
          <strong>{value}</strong>
        </section>
      ))}
      {charts.map((name) => (
        <figure key={name}>
          <figcaption>{name}</figcaption>
          <canvas aria-label={name} />
        </figure>
      ))}
      <table>
        <tbody>
          {rows.map((cells) => <tr key={cells[0]}>{cells.map((cell, at) => <td key={at}>{cell}</td>)}</tr>)}
        </tbody>
      </table>
    </div>
  );
}
