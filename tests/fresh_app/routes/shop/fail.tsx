import { HttpError } from "fresh";
import { define } from "../../define.ts";

export const handler = define.handlers({
  GET(): Response {
    throw new HttpError(418, "teapot");
  },
});
