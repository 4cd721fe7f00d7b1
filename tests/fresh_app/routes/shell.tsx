import { define } from "../define.ts";
import Shell from "../islands/Shell.tsx";

const CARDS = Array.from({ length: 10 }, (_, at) => ({ name: `Card ${at}`, value: `${at * 1_000}.00` }));
const CHARTS = Array.from({ length: 12 }, (_, at) => `Chart ${at}`);
const ROWS = Array.from(
  { length: 20 },
  (_, row) => Array.from({ length: 8 }, (_, column) => `${row}.${column}`),
);

export default define.page(() => (
  <main>
    <nav>{CHARTS.map((name) => <a key={name} href={`/${name}`}>{name}</a>)}</nav>
    <Shell cards={CARDS} charts={CHARTS} rows={ROWS} />
  </main>
));
