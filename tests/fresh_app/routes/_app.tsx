import { define } from "../define.ts";

export default define.layout(({ Component, state }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>Base</title>
      <meta name="description" content="base" />
    </head>
    <body data-trail={state.trail.join(" ")}>
      <Component />
    </body>
  </html>
));
