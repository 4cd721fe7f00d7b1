/**
 * Changes what may be open with a counterparty: the versions so far, and a form for the next one. Who was faster is
 * shown, and what was typed stays.
 *
 * @module
 */

import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { formatAmount } from "../../../shared/kpi/mod.ts";
import { get, post } from "../breaks/client.ts";
import { Dialog } from "../Dialog.tsx";
import { Instant } from "../tables.tsx";
import { readTyped } from "./amounts.ts";
import type { Limit } from "./exposure.ts";

interface Props {
  /** Whose limit is asked about; null: the dialog is closed. */
  readonly asked: Signal<string | null>;
  readonly user: string | null;
  readonly today: string;
  readonly onChanged: (limit: Limit) => void;
}

const TEXT_LENGTH_MAX = 4_000;
const VERSIONS_SHOWN = 20;

export function LimitDialog({ asked, user, today, onChanged }: Props) {
  const versions = useSignal<readonly Limit[] | null>(null);
  const refusal = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const whose = asked.value;
  const close = () => asked.value = null;

  const load = async (counterparty: string) => {
    try {
      const query = new URLSearchParams({ counterparty, history: "true" });
      const { items } = await get<{ items: Limit[] }>(`/api/v1/limits?${query}`);
      if (asked.peek() === counterparty) versions.value = items;
    } catch (error) {
      refusal.value = (error as Error).message;
    }
  };
  useEffect(() => {
    versions.value = refusal.value = null;
    if (whose !== null) load(whose);
  }, [whose]);

  const send = async (change: Record<string, unknown>) => {
    isBusy.value = true;
    refusal.value = null;
    const version = versions.peek()?.[0]?.version ?? 0;
    const answer = await post("/api/v1/limits", { counterparty: whose, version, ...change }, user!);
    isBusy.value = false;
    if (answer.ok) {
      onChanged(answer.body as Limit);
      return close();
    }
    const { code, detail, limit } = answer.body as { code?: string; detail?: string; limit?: Limit | null };
    if (code === "version" && limit) {
      versions.value = [limit, ...versions.peek() ?? []];
      refusal.value = `${limit.changed_by} was faster: ${toWords(limit)}. What you typed is still here.`;
    } else refusal.value = detail ?? "The server gave no reason.";
  };

  return (
    <Dialog title={`Limit of ${whose}`} isOpen={whose !== null} onClose={close}>
      {refusal.value !== null && <p class="refused" role="alert">{refusal.value}</p>}
      {versions.value === null ? <p class="note">{refusal.value === null ? "Loading…" : ""}</p> : (
        <>
          <LimitForm
            newest={versions.value[0]}
            {...{ user, today, isBusy: isBusy.value }}
            onSend={send}
            onCancel={close}
          />
          <Versions rows={versions.value} />
        </>
      )}
    </Dialog>
  );
}

interface FormProps {
  readonly newest: Limit | undefined;
  readonly user: string | null;
  readonly today: string;
  readonly isBusy: boolean;
  readonly onSend: (change: Record<string, unknown>) => void;
  readonly onCancel: () => void;
}

function LimitForm({ newest, user, today, isBusy, onSend, onCancel }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const amount = (name: "warn" | "breach") => {
    const field = form.current!.elements.namedItem(name) as HTMLInputElement;
    const text = readTyped(field.value);
    field.setCustomValidity(text === null ? "An amount above 0, such as 25,000,000 or 25m." : "");
    return text;
  };
  const rest = () => {
    const said = new FormData(form.current!);
    const text = String(said.get("text") ?? "").trim();
    return {
      measure: said.get("measure"),
      validFrom: said.get("validFrom"),
      ...text ? { text } : {},
    };
  };
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const [warnUsd, breachUsd] = [amount("warn"), amount("breach")];
    if (form.current!.reportValidity()) onSend({ ...rest(), warnUsd, breachUsd });
  };
  const clear = ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
    currentTarget.setCustomValidity("");
  return (
    <form ref={form} class="ask" noValidate onSubmit={save}>
      <label>
        Counts
        <select name="measure">
          <option value="gross" selected={newest?.measure !== "net"}>Gross: bought and sold together</option>
          <option value="net" selected={newest?.measure === "net"}>Net: the difference of both</option>
        </select>
      </label>
      <div class="two">
        <label>
          Warning from, USD
          <input
            name="warn"
            inputMode="decimal"
            autocomplete="off"
            required
            autofocus
            defaultValue={toTyped(newest?.warn_usd)}
            onInput={clear}
          />
        </label>
        <label>
          Limit, USD
          <input
            name="breach"
            inputMode="decimal"
            autocomplete="off"
            required
            defaultValue={toTyped(newest?.breach_usd)}
            onInput={clear}
          />
        </label>
      </div>
      <label>
        Valid from, business date
        <input type="date" name="validFrom" required min={today} defaultValue={today} />
      </label>
      <label>
        Why (optional)
        <textarea name="text" rows={2} maxLength={TEXT_LENGTH_MAX} />
      </label>
      {user === null && <p class="note">Say who you are first: your name goes with the change.</p>}
      <div class="buttons">
        {newest?.breach_usd && (
          <button
            type="button"
            disabled={user === null || isBusy}
            onClick={() => onSend({ ...rest(), warnUsd: null, breachUsd: null })}
          >
            End the limit
          </button>
        )}
        <button type="button" onClick={onCancel}>Cancel</button>
        <button type="submit" class="primary" disabled={user === null || isBusy}>Set limit</button>
      </div>
    </form>
  );
}

function toTyped(amount: string | null | undefined): string {
  return amount ? formatAmount(amount).replace(/\.00$/, "") : "";
}

function Versions({ rows }: { rows: readonly Limit[] }) {
  if (rows.length === 0) return <p class="note">There has been no limit yet.</p>;
  return (
    <>
      <h3>Versions</h3>
      <ol class="versions">
        {rows.slice(0, VERSIONS_SHOWN).map((row) => (
          <li key={row.version}>
            <b>{row.version}</b> {toWords(row)}, from {row.valid_from}
            <span class="note">
              {row.changed_by}, <Instant at={row.changed_at} isDated />
            </span>
            {row.text && <p class="said">{row.text}</p>}
          </li>
        ))}
      </ol>
    </>
  );
}

function toWords({ warn_usd, breach_usd, measure }: Limit): string {
  if (warn_usd === null || breach_usd === null) return "no limit any more";
  return `${toTyped(breach_usd)} USD ${measure}, warning from ${toTyped(warn_usd)}`;
}
