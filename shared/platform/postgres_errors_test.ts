import assert from "node:assert/strict";
import { CommitUnknownError, isConnectionLoss, isDataFault, isTransient } from "./postgres_errors.ts";

const fromServer = (code: string) => Object.assign(new Error("server says"), { code, severity: "ERROR" });
const fromSocket = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

const CASES: { name: string; error: unknown; means: string }[] = [
  { name: "a deadlock", error: fromServer("40P01"), means: "transient" },
  { name: "a serialization failure", error: fromServer("40001"), means: "transient" },
  { name: "a shutdown", error: fromServer("57P01"), means: "lost, transient" },
  { name: "a server that starts", error: fromServer("57P03"), means: "transient" },
  { name: "too many connections", error: fromServer("53300"), means: "transient" },
  { name: "a full disk", error: fromServer("53100"), means: "transient" },
  { name: "a refused connection", error: fromSocket("ECONNREFUSED"), means: "lost, transient" },
  { name: "a broken pipe", error: fromSocket("EPIPE"), means: "lost, transient" },
  {
    name: "a connection refused on every address",
    error: new AggregateError([fromSocket("ECONNREFUSED")]),
    means: "lost, transient",
  },
  {
    name: "a connection that ended",
    error: new Error("Connection terminated unexpectedly"),
    means: "lost, transient",
  },
  { name: "a commit without an answer", error: new CommitUnknownError(new Error("x")), means: "transient" },
  { name: "a value out of range", error: fromServer("22003"), means: "data" },
  { name: "a broken constraint", error: fromServer("23514"), means: "data" },
  { name: "a wrong password", error: fromServer("28P01"), means: "" },
  { name: "a missing table", error: fromServer("42P01"), means: "" },
  { name: "our own mistake", error: new TypeError("x is not a function"), means: "" },
];

for (const { name, error, means } of CASES) {
  Deno.test(`PostgreSQL's errors: ${name} is ${means || "final"}`, () => {
    const seen = [
      isConnectionLoss(error) && "lost",
      isTransient(error) && "transient",
      isDataFault(error) && "data",
    ];
    assert.equal(seen.filter(Boolean).join(", "), means);
  });
}
