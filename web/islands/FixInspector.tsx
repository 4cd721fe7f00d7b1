/**
 * The FIX inspector: decodes what is pasted as it changes. It is a form first, so that a browser without scripts
 * sends it and gets the same page back with the answer.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Comparison } from "../components/fix/Comparison.tsx";
import { DecodingSummary } from "../components/fix/DecodingSummary.tsx";
import { type Decoding, titleOf, type Validation } from "../components/fix/message.ts";
import { MessageItem } from "../components/fix/MessageItem.tsx";

const DEBOUNCE_MS = 200;
/** So many messages are written out whole; the others when they are opened. */
const FILLED_MAX = 20;
/** So few are open from the start. */
const OPEN_MAX = 2;

interface Props {
  readonly text: string;
  readonly validation: Validation;
  /** Null: nothing was asked yet. */
  readonly decoding: Decoding | null;
  /** Items to compare. */
  readonly picked: readonly number[];
  /** Why there is no answer. */
  readonly problem: string | null;
}

export default function FixInspector(props: Props) {
  const decoding = useSignal(props.decoding);
  const problem = useSignal(props.problem);
  const picked = useSignal(props.picked);
  const isLive = useSignal(false);
  const text = useRef<HTMLTextAreaElement>(null);
  const validation = useRef<HTMLSelectElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const asked = useRef<AbortController | null>(null);

  const decode = async () => {
    clearTimeout(timer.current);
    asked.current?.abort();
    const stop = asked.current = new AbortController();
    const body = text.current!.value;
    if (body.trim() === "") {
      [decoding.value, problem.value, picked.value] = [null, null, []];
      return;
    }
    const answer = await ask(body, validation.current!.value as Validation, stop.signal);
    if (stop.signal.aborted) return;
    problem.value = typeof answer === "string" ? answer : null;
    if (typeof answer === "string") return;
    decoding.value = answer;
    picked.value = picked.value.filter((place) => place < answer.items.length);
  };
  const decodeSoon = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(decode, DEBOUNCE_MS);
  };
  const pick = (place: number, isPicked: boolean) => {
    const others = picked.value.filter((other) => other !== place);
    picked.value = isPicked ? [...others, place].slice(-2) : others;
  };

  useEffect(() => {
    isLive.value = true;
    // Whoever was faster than the script has typed already; after a failed request the page has no answer either.
    if (text.current!.value !== props.text) decode();
    return () => clearTimeout(timer.current);
  }, []);

  return (
    <form class="fix" method="post" action="/fix" onSubmit={(event) => (event.preventDefault(), decode())}>
      <div class="card fix-input">
        <label for="fix-text">FIX message or log</label>
        <textarea
          id="fix-text"
          name="text"
          ref={text}
          rows={7}
          spellcheck={false}
          autocomplete="off"
          placeholder="8=FIX.4.4|9=…|35=8|… with SOH, | or ^A, one or many a line, behind any prefix"
          onInput={decodeSoon}
        >
          {props.text}
        </textarea>
        <div class="filters">
          <label>
            Validation
            <select name="validation" ref={validation} onChange={decode}>
              {["strict", "lenient"].map((word) => (
                <option key={word} value={word} selected={word === props.validation}>{word}</option>
              ))}
            </select>
          </label>
          <button type="submit">Decode</button>
          <a class="button" href="/fix">Clear</a>
          <a class="button" href="/fix?example=1">Example</a>
          {isLive.value && <span class="note">Decodes as you type. Nothing is stored.</span>}
        </div>
      </div>
      {problem.value !== null && <p class="card blank fix-fault" role="alert">{problem.value}</p>}
      {decoding.value === null
        ? problem.value === null && <Empty />
        : <Answer decoding={decoding.value} picked={picked.value} pick={pick} isLive={isLive.value} />}
    </form>
  );
}

/** @returns The answer, or why there is none. */
async function ask(body: string, validation: Validation, signal: AbortSignal): Promise<Decoding | string> {
  try {
    const response = await fetch(`/api/v1/fix/decode?validation=${validation}`, {
      method: "POST",
      headers: { "content-type": "text/plain; charset=utf-8" },
      body,
      signal,
    });
    const answer = await response.json();
    return response.ok ? answer as Decoding : String(answer.detail);
  } catch (error) {
    return `The server did not answer: ${(error as Error).message}`;
  }
}

function Empty() {
  return (
    <div class="card blank fix-empty">
      <p>
        Paste a message or a part of a log above. Every field is shown with its name and meaning, groups as a
        tree, and what is wrong at the field where it is wrong.
      </p>
      <p>
        FIX 4.2, 4.4 and 5.0 SP2 are checked against their dictionaries.{" "}
        <a href="/fix?example=1">Try an example</a> with two messages to compare and a broken one.
      </p>
    </div>
  );
}

interface AnswerProps {
  readonly decoding: Decoding;
  readonly picked: readonly number[];
  readonly pick: (place: number, isPicked: boolean) => void;
  readonly isLive: boolean;
}

function Answer({ decoding, picked, pick, isLive }: AnswerProps) {
  const { items } = decoding;
  const [left, right] = [...picked].sort((a, b) => a - b).map((place) => items[place]);
  return (
    <>
      <div class="card">
        <DecodingSummary decoding={decoding} />
        {items.length > 1 && (
          <p class="note fix-hint">
            Tick two messages to compare them.{" "}
            {!isLive && <button type="submit" formAction="/fix#compare">Compare</button>}
          </p>
        )}
      </div>
      <div id="compare">
        {left && right && (
          <div class="card">
            <Comparison left={left} right={right} />
          </div>
        )}
      </div>
      <ol class="fix-list" aria-label="Messages">
        {items.map((message, place) => (
          <li key={place} class="card">
            {items.length > 1 && message.tree.length > 0 && (
              <label class="pick">
                <input
                  type="checkbox"
                  name="compare"
                  value={place}
                  checked={picked.includes(place)}
                  onChange={({ currentTarget }) => pick(place, currentTarget.checked)}
                />
                <span class="hidden">Compare {titleOf(message)} of line {message.line}</span>
              </label>
            )}
            <MessageItem
              message={message}
              id={`m${place}`}
              isOpen={items.length <= OPEN_MAX || message.tree.length === 0}
              isFilled={place < FILLED_MAX}
            />
          </li>
        ))}
      </ol>
    </>
  );
}
