/**
 * Signs a business date off: who, which date, and what there is to say about what stays open.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { post, type Problem } from "../components/breaks/client.ts";
import { Dialog } from "../components/Dialog.tsx";
import { Who } from "../components/Who.tsx";
import { formatCount } from "../../shared/kpi/mod.ts";

interface Props {
  readonly user: string | null;
  /** The business date it is in New York. */
  readonly today: string;
  /** Breaks that are open now. */
  readonly open: number;
}

export default function SignOff(props: Props) {
  const user = useSignal(props.user);
  const isAsking = useSignal(false);
  const isBusy = useSignal(false);
  const refusal = useSignal<string | null>(null);
  const date = useSignal(props.today);
  const form = useRef<HTMLFormElement>(null);

  const sign = async () => {
    isAsking.value = false;
    isBusy.value = true;
    const text = String(new FormData(form.current!).get("text") ?? "").trim();
    const body = { date: date.peek(), ...text ? { text } : {} };
    const answer = await post("/api/v1/sign-offs", body, user.peek()!);
    isBusy.value = false;
    if (answer.ok) return location.assign(`/sign-off/${date.peek()}`);
    refusal.value = (answer.body as Problem).detail ?? "The server gave no reason.";
  };
  const ask = (event: SubmitEvent) => {
    event.preventDefault();
    refusal.value = null;
    isAsking.value = true;
  };

  return (
    <div class="bench">
      <div class="bench-head">
        <Who user={user} />
      </div>
      <form ref={form} class="card sign-form" onSubmit={ask}>
        <label>
          Business date, New York
          <input
            type="date"
            name="date"
            required
            max={props.today}
            value={date.value}
            onInput={({ currentTarget }) => date.value = currentTarget.value}
          />
        </label>
        <label class="wide">
          What there is to say (optional)
          <textarea name="text" rows={2} maxLength={4_000} />
        </label>
        <button type="submit" class="primary" disabled={user.value === null || isBusy.value}>
          Sign off…
        </button>
        {user.value === null && <p class="note">Say who you are first.</p>}
        {refusal.value !== null && <p class="refused" role="alert">{refusal.value}</p>}
      </form>
      <Dialog title={`Sign off ${date.value}`} isOpen={isAsking.value} onClose={() => isAsking.value = false}>
        <p>
          {props.open === 0
            ? "No break is open."
            : `${formatCount(props.open)} ${props.open === 1 ? "break is" : "breaks are"} open now.`}{" "}
          What is open of that date is frozen under your name,{" "}
          <b>{user.value}</b>. It cannot be changed afterwards.
        </p>
        <div class="buttons">
          <button type="button" onClick={() => isAsking.value = false}>Cancel</button>
          <button type="button" class="primary" onClick={sign}>Sign off</button>
        </div>
      </Dialog>
    </div>
  );
}
