import { define } from "../define.ts";

export default define.page(() => (
  <main>
    <style>{"h1 { color: red }"}</style>
    <h1>styled</h1>
  </main>
));
