/** Its props are refused at compile time in a manifest of its own, and here at run time. */
export default function Unsendable({ value }: { value: unknown }) {
  return <p>{typeof value}</p>;
}
