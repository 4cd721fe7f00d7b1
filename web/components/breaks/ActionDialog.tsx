/**
 * Asks what belongs to an action: a reason, and on closing the root cause and the side that is responsible.
 *
 * @module
 */

import { useRef } from "preact/hooks";
import { formatCount } from "../../../shared/kpi/mod.ts";
import { type Action, ACTION_NAMES, type ActionDetails } from "./actions.ts";
import type { Asking, Bench } from "./bench.ts";
import { Dialog } from "../Dialog.tsx";
import { NAME_LENGTH_MAX } from "../who.ts";

const TEXT_LENGTH_MAX = 4_000;
const SIDES = [["us", "Us"], ["broker", "Broker"], ["custodian", "Custodian"], ["venue", "Venue"]] as const;
const ROOT_CAUSES = ["Booking error", "Late booking", "Late execution report", "Execution corrected"]
  .concat("Fee schedule", "Static data", "Settlement instruction", "Allocation", "System fault");

/** What each asks for. */
const ASKS: Partial<Record<Action, { text: string; isNeeded: boolean; isClosing?: boolean; hint?: string }>> =
  {
    "comment": { text: "Comment", isNeeded: true },
    "resolve": { text: "How it was resolved", isNeeded: false, isClosing: true },
    "write-off": {
      text: "Why it is written off",
      isNeeded: true,
      isClosing: true,
      hint: "It waits until a second person approves it.",
    },
    "force-match": {
      text: "Why both sides count as one",
      isNeeded: true,
      isClosing: true,
      hint: "It waits until a second person approves it.",
    },
    "approve": { text: "Remark", isNeeded: false },
    "reject": { text: "Why not", isNeeded: true },
    "reopen": { text: "Why it is opened again", isNeeded: true },
  };

export function ActionDialog({ bench }: { bench: Bench }) {
  const { asking, summary } = bench;
  const form = useRef<HTMLFormElement>(null);
  const close = () => asking.value = null;
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const { action, rows, isMany } = asking.peek()!;
    const details = readDetails(new FormData(form.current!));
    close();
    if (isMany) bench.performOnMany(rows, action, details);
    else bench.perform(rows[0]!.id, action, details, rows[0]!.version);
  };
  const now = asking.value;
  const title = now === null ? "" : toHeading(now);
  const owners = Object.keys(summary.value?.byOwner ?? {}).filter((name) => name !== "");
  return (
    <Dialog title={title} isOpen={now !== null} onClose={close}>
      {now && (
        <form ref={form} class="ask" onSubmit={send}>
          {ASKS[now.action]?.hint && <p class="note">{ASKS[now.action]!.hint}</p>}
          {now.action === "assign" && <OwnerField owners={owners} />}
          {ASKS[now.action]?.isClosing && <ClosingFields />}
          {ASKS[now.action] && <TextField {...ASKS[now.action]!} />}
          <div class="buttons">
            <button type="button" onClick={close}>Cancel</button>
            <button type="submit" class="primary">{ACTION_NAMES[now.action]}</button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function toHeading({ action, rows, isMany }: Asking): string {
  const name = ACTION_NAMES[action];
  if (!isMany) return `${name}: break ${rows[0]!.id}`;
  return `${name}: ${formatCount(rows.length)} ${rows.length === 1 ? "break" : "breaks"}`;
}

function OwnerField({ owners }: { owners: readonly string[] }) {
  return (
    <label>
      To whom
      <input name="owner" list="owners" required maxLength={NAME_LENGTH_MAX} autocomplete="off" autofocus />
      <datalist id="owners">{owners.map((name) => <option key={name} value={name} />)}</datalist>
    </label>
  );
}

function ClosingFields() {
  return (
    <>
      <label>
        Root cause
        <input name="rootCause" list="root-causes" required maxLength={NAME_LENGTH_MAX} autocomplete="off" />
        <datalist id="root-causes">
          {ROOT_CAUSES.map((cause) => <option key={cause} value={cause} />)}
        </datalist>
      </label>
      <label>
        Responsible side
        <select name="responsible" required>
          <option value="">Choose</option>
          {SIDES.map(([side, name]) => <option key={side} value={side}>{name}</option>)}
        </select>
      </label>
    </>
  );
}

function TextField({ text, isNeeded }: { text: string; isNeeded: boolean }) {
  return (
    <label>
      {isNeeded ? text : `${text} (optional)`}
      <textarea name="text" rows={3} required={isNeeded} maxLength={TEXT_LENGTH_MAX} />
    </label>
  );
}

/** What was left empty is not sent. */
function readDetails(form: FormData): ActionDetails {
  return Object.fromEntries([...form].flatMap(([name, value]) => {
    const text = String(value).trim();
    return text === "" ? [] : [[name, text]];
  }));
}
