import { asset, Head } from "fresh/runtime";
import { define } from "../define.ts";

export default define.page(() => (
  <main>
    <Head>
      <title>Home</title>
      <link rel="stylesheet" href={asset("/style.css")} />
    </Head>
    <h1>no islands here</h1>
  </main>
));
