import { asset, Head } from "fresh/runtime";
import { signal } from "@preact/signals";
import { define } from "../define.ts";
import ChartA from "../islands/a/Chart.tsx";
import ChartB, { Legend } from "../islands/b/Chart.tsx";
import { capitals } from "../islands/capitals.ts";
import Counter from "../islands/Counter.tsx";
import Box from "../islands/nested/Box.tsx";
import Outer from "../islands/nested/Outer.tsx";
import Row from "../islands/Row.tsx";

export default define.page(() => {
  const count = signal(3);
  return (
    <main>
      <Head>
        <link rel="stylesheet" href={asset("/style.css")} />
      </Head>
      <h1>{capitals("islands")}</h1>
      <Counter count={count} label="one" />
      <Counter count={count} label="two" />
      <ChartA />
      <ChartB />
      <Legend />
      <Outer />
      <table>
        <tbody>
          <Row start={1} />
          <Row start={2} />
        </tbody>
      </table>
      <Box open title={<b>open</b>}>
        Before <i class="kid">child</i> <Counter count={count} label="three" /> after
      </Box>
      <Box open={false} title={<b>closed</b>}>
        <i class="late">late</i>
        <Counter count={count} label="four" />
      </Box>
      <footer>end</footer>
    </main>
  );
});
