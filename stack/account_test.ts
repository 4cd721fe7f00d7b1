import assert from "node:assert/strict";
import { readAccounts } from "./account.ts";

const PASSWD = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
alice:x:1000:1000::/home/alice:/bin/bash
`;

Deno.test("readAccounts() takes those that own nothing, best first", () => {
  assert.deepEqual(readAccounts(PASSWD), [{ uid: 65534, gid: 65534 }, { uid: 1, gid: 1 }]);
});

Deno.test("readAccounts() never takes root, whatever its name", () => {
  assert.deepEqual(readAccounts("nobody:x:0:0::/:/bin/sh\n"), []);
});
